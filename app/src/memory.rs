//! How the allocator gives memory back.

use std::{env, os::unix::process::CommandExt, process::Command};

/// Settings of the allocator: what is freed goes back to the system at once, and no huge pages are asked for. A server that
/// sits idle most of the day, beside others on a small machine, then holds a third of the memory at the same speed.
const SETTINGS: &[(&str, &str)] = &[("MIMALLOC_PURGE_DELAY", "0"), ("MIMALLOC_ALLOW_THP", "0")];

/// Starts this program again with the settings, unless somebody chose settings already.
///
/// The allocator reads them before the program's first line, and can be told later only by unsafe code, which this house
/// does not have. The process keeps its number. When it cannot be started again, it goes on as it is.
pub fn settle() {
    if SETTINGS.iter().any(|(name, _)| env::var_os(name).is_some()) {
        return;
    }
    if let Ok(program) = env::current_exe() {
        let failed = Command::new(program).args(env::args_os().skip(1)).envs(SETTINGS.iter().copied()).exec();
        eprintln!("hoso: {failed}");
    }
}

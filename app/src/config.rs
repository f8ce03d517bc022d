//! Every setting once: its name on the command line, in the environment and in the file, its default, and what it is for.
//!
//! Later wins: default, `hoso.toml`, `HOSO_…` of the environment, flag.

use crate::error::{Error, Result};
use clap::ArgMatches;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, time::Duration};

/// One row of the table that `hoso config` prints.
pub struct Setting {
    /// Key in the file; `--` and dashes on the command line, `HOSO_` and capitals in the environment.
    pub key: &'static str,
    /// What stands without it.
    pub default: &'static str,
    /// What it is for, in Vietnamese.
    pub vi: &'static str,
    /// The same in English.
    pub en: &'static str,
}

const fn setting(key: &'static str, default: &'static str, vi: &'static str, en: &'static str) -> Setting {
    Setting { key, default, vi, en }
}

/// The table.
pub const SETTINGS: &[Setting] = &[
    setting(
        "data",
        "var",
        "Thư mục dữ liệu: cơ sở dữ liệu, tệp đính kèm, khóa, bản sao lưu",
        "data folder: database, files, keys, backups",
    ),
    setting(
        "postgres",
        "",
        "Địa chỉ PostgreSQL (postgres://…?sslmode=verify-full&sslrootcert=TỆP); để trống thì dùng SQLite trong thư mục dữ liệu",
        "PostgreSQL URL; empty means SQLite in the data folder",
    ),
    setting("postgres_connect_seconds", "5", "Số giây chờ kết nối PostgreSQL", "seconds until a connection to PostgreSQL is given up"),
    setting(
        "postgres_statement_seconds",
        "60",
        "Số giây cho một câu hỏi PostgreSQL; kết xuất, sao lưu, nâng cấp không bị giới hạn",
        "seconds for one statement; exports, backups and migrations are not limited",
    ),
    setting("postgres_wait_seconds", "10", "Số giây chờ một kết nối đang bận", "seconds to wait for a busy connection"),
    setting("law", "", "Thư mục văn bản pháp luật thay cho bộ đi kèm chương trình", "folder of law data instead of the built-in one"),
    setting("host", "127.0.0.1", "Địa chỉ mạng mà máy chủ lắng nghe", "address to listen on"),
    setting("port", "8080", "Cổng mà máy chủ lắng nghe", "port to listen on"),
    setting(
        "address",
        "",
        "Địa chỉ công khai, ví dụ https://hoso.example.gov.vn; in trên giấy tờ, tệp kết xuất, và cho cookie an toàn. Để trống thì giấy tờ in địa chỉ nêu trong quy chế của đơn vị. Trên giấy luôn là https",
        "public address, printed on papers and exports and used for secure cookies; when empty, papers show the address that the unit's regulation names; on paper it is always https",
    ),
    setting("readers", "4", "Số kết nối đọc", "reading connections"),
    setting("chains", "0", "Số chuỗi nhật ký; 0 là tự chọn theo cơ sở dữ liệu", "audit chains; 0 chooses by database"),
    setting(
        "node",
        "1",
        "Số hiệu của máy này khi nhiều máy dùng chung cơ sở dữ liệu",
        "number of this node among those that share the database",
    ),
    setting("idle_minutes", "30", "Số phút không thao tác thì phiên đăng nhập kết thúc", "idle minutes until a session ends"),
    setting("upload_mb", "20", "Dung lượng lớn nhất của một tệp tải lên, MB", "largest upload, MB"),
    setting("backup_at", "01:30", "Giờ sao lưu hằng ngày", "time of the daily backup"),
    setting(
        "behind_proxy",
        "false",
        "Đứng sau máy chủ trung gian đáng tin (địa chỉ người dùng lấy từ X-Forwarded-For)",
        "behind a trusted proxy that sets X-Forwarded-For",
    ),
    setting("log", "info", "Mức ghi nhật ký kỹ thuật: error, warn, info, debug", "level of the technical log"),
];

/// The settings in force.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folder of database, files, keys and backups.
    pub data: PathBuf,
    /// PostgreSQL URL, or empty.
    pub postgres: String,
    /// Seconds until a connection to PostgreSQL is given up.
    pub postgres_connect_seconds: u64,
    /// Seconds for one statement.
    pub postgres_statement_seconds: u64,
    /// Seconds to wait for a busy connection.
    pub postgres_wait_seconds: u64,
    /// Folder of law data, or empty for the built-in one.
    pub law: String,
    /// Address to listen on.
    pub host: String,
    /// Port to listen on.
    pub port: u16,
    /// Public address, or empty.
    pub address: String,
    /// Reading connections.
    pub readers: usize,
    /// Audit chains, 0 to choose by database.
    pub chains: i64,
    /// Number of this node.
    pub node: u8,
    /// Idle minutes until a session ends.
    pub idle_minutes: i64,
    /// Largest upload in megabytes.
    pub upload_mb: usize,
    /// Time of the daily backup, `HH:MM`.
    pub backup_at: String,
    /// Addresses of users are what a trusted proxy says.
    pub behind_proxy: bool,
    /// Level of the technical log.
    pub log: String,
}

impl Config {
    /// Reads defaults, `hoso.toml`, the environment and the flags of `args`.
    pub fn read(args: &ArgMatches) -> Result<Config> {
        let flags = SETTINGS.iter().filter_map(|setting| args.get_one::<String>(setting.key).map(|value| (setting.key, value.as_str())));
        Config::figment().merge(Serialized::defaults(typed(flags))).extract().map_err(|error| Error::Refused(error.to_string()))
    }

    /// The defaults alone.
    #[cfg(test)]
    pub fn defaults() -> Config {
        Figment::from(Serialized::defaults(typed(SETTINGS.iter().map(|setting| (setting.key, setting.default))))).extract().unwrap()
    }

    /// Where the database is, in the words of the vault.
    pub fn database(&self) -> String {
        match self.postgres.is_empty() {
            true => format!("sqlite:{}", self.data.join("hoso.db").display()),
            false => self.postgres.clone(),
        }
    }

    /// How long PostgreSQL is waited for.
    pub fn patience(&self) -> vault::Patience {
        vault::Patience {
            connect: Duration::from_secs(self.postgres_connect_seconds),
            statement: Duration::from_secs(self.postgres_statement_seconds),
            wait: Duration::from_secs(self.postgres_wait_seconds),
        }
    }

    /// Whether people reach the server over an encrypted address.
    pub fn is_encrypted(&self) -> bool {
        self.address.starts_with("https://")
    }

    /// The address that papers print: the configured one, or else that of the regulation; always by the encrypted scheme.
    pub fn printed_address(&self, of_regulation: &str) -> String {
        let chosen = if self.address.is_empty() { of_regulation } else { &self.address };
        let host = chosen.split_once("://").map_or(chosen, |(_, host)| host).trim_end_matches('/');
        if host.is_empty() { String::new() } else { format!("https://{host}") }
    }

    fn figment() -> Figment {
        let defaults = typed(SETTINGS.iter().map(|setting| (setting.key, setting.default)));
        let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        Figment::from(Serialized::defaults(defaults)).merge(Toml::file("hoso.toml")).merge(Env::prefixed("HOSO_").only(&keys))
    }
}

/// Numbers as numbers, yes and no as such, everything else as words.
fn typed<'a>(pairs: impl Iterator<Item = (&'static str, &'a str)>) -> std::collections::BTreeMap<&'static str, serde_json::Value> {
    let number =
        |key: &str| matches!(key, "port" | "readers" | "chains" | "node" | "idle_minutes" | "upload_mb") || key.ends_with("_seconds");
    pairs
        .map(|(key, text)| match (text.parse::<i64>(), text.parse::<bool>()) {
            (Ok(whole), _) if number(key) => (key, whole.into()),
            (_, Ok(yes)) if key == "behind_proxy" => (key, yes.into()),
            _ => (key, text.into()),
        })
        .collect()
}

/// What `hoso config` prints: every setting with its value, its names and its purpose.
pub fn describe(config: &Config) -> String {
    let values = serde_json::to_value(config).unwrap_or_default();
    let mut text = String::new();
    for setting in SETTINGS {
        let value =
            values.get(setting.key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).unwrap_or_default();
        let flag = setting.key.replace('_', "-");
        let env = setting.key.to_uppercase();
        text.push_str(&format!(
            "{} = {value}\n    --{flag}, HOSO_{env}, mặc định: {}\n    {}\n    {}\n",
            setting.key, setting.default, setting.vi, setting.en
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_show_the_configured_address_and_else_that_of_the_regulation_always_encrypted() {
        let of_regulation = "http://ccvc.yenbai.gov.vn";
        let config = Config::defaults();
        assert_eq!(config.printed_address(of_regulation), "https://ccvc.yenbai.gov.vn");
        assert_eq!(config.printed_address(""), "");
        let config = Config { address: "http://hoso.laocai.gov.vn/".into(), ..config };
        assert_eq!(config.printed_address(of_regulation), "https://hoso.laocai.gov.vn");
    }

    #[test]
    fn the_table_and_the_struct_name_the_same_settings() {
        let config = serde_json::to_value(Config::defaults()).unwrap();
        let mut known: Vec<&String> = config.as_object().unwrap().keys().collect();
        let mut listed: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        known.sort();
        listed.sort();
        assert_eq!(known, listed);
    }
}

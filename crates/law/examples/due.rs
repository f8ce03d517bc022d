//! How many due days one core finds in a second: every term of every regulation, over ten years of days.
#![allow(clippy::disallowed_methods, reason = "a stopwatch reads the clock")]

use law::{DataSource, Law};
use std::{hint::black_box, time::Instant};

fn main() {
    let Ok(law) = Law::load(&DataSource::Embedded) else { return };
    let Ok(first) = jiff::civil::Date::new(2021, 1, 1) else { return };
    let days: Vec<jiff::civil::Date> = first.series(jiff::ToSpan::days(1)).take(3653).collect();
    let (mut found, mut explained) = (0_u64, 0_u64);
    let quick = Instant::now();
    for _ in 0..10 {
        for regulation in &law.regulations {
            for deadline in &regulation.deadlines {
                for day in &days {
                    found += u64::from(black_box(law.due_on(regulation, &deadline.id, *day)).is_ok());
                }
            }
        }
    }
    let quick = quick.elapsed();
    let slow = Instant::now();
    for regulation in &law.regulations {
        for deadline in &regulation.deadlines {
            for day in days.iter().step_by(20) {
                explained += u64::from(black_box(law.due_under(regulation, &deadline.id, *day)).is_ok());
            }
        }
    }
    let slow = slow.elapsed();
    println!("{:.0} {:.0}", found as f64 / quick.as_secs_f64(), explained as f64 / slow.as_secs_f64());
}

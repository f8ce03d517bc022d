//! Where somebody stands on the day of the demo: most work, some have left, some are away for a time.

use super::{
    career::decision,
    dice::Dice,
    list::List,
    person::Person,
    sheet::Sheet,
    time::{Month, day, shift, years_later},
    words::Settings,
};
use jiff::civil::Date;
use serde::Deserialize;
use vault::Value;

/// Shares in a thousand people without a leading post, and what happened to them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    retired: u64,
    gone: u64,
    seconded: u64,
    away: u64,
    /// Statuses of those who are gone.
    gone_as: List<String>,
    /// Statuses of those who are away.
    away_as: List<String>,
    /// Bodies that people are sent to.
    seconded_to: List<String>,
}

/// What was drawn for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Today {
    /// At work, as most are.
    Works,
    /// Reached the age in the last months.
    Retired,
    /// Left before it.
    Gone,
    /// Sent to another body for a time.
    Seconded,
    /// At studies, or on a long leave.
    Away,
}

/// Months within which people left.
const LATELY: i32 = 9;

impl Today {
    /// Draws it.
    pub fn draw(settings: &Settings, dice: &mut Dice) -> Today {
        let shares = &settings.shares;
        let mut left = dice.below(1000);
        for (share, today) in
            [(shares.retired, Today::Retired), (shares.gone, Today::Gone), (shares.seconded, Today::Seconded), (shares.away, Today::Away)]
        {
            if left < share {
                return today;
            }
            left -= share;
        }
        Today::Works
    }

    /// Whether the dossier lies among those of people who left.
    pub fn has_left(self) -> bool {
        matches!(self, Today::Retired | Today::Gone)
    }
}

/// A birth date with which somebody reached the age of retirement in the last months.
pub fn retired_birth(settings: &Settings, man: bool, dice: &mut Dice) -> Date {
    let month = Month::of(settings.as_of()) + -(settings.retire_months(man) + dice.between(2, LATELY));
    day(month.year(), month.number(), dice.between(1, 28))
}

/// The status of the dossier and its first day; those at work have the ones that the career says.
pub fn status(settings: &Settings, person: &Person<'_>, sheet: &mut Sheet) -> Option<(String, Date)> {
    let (as_of, shares) = (settings.as_of(), &settings.shares);
    let dice = &mut person.fate.clone();
    let lately = |dice: &mut Dice| shift(as_of, -dice.between(15, LATELY * 30)).max(shift(person.started, 30)).min(as_of);
    match person.today {
        Today::Works => None,
        Today::Retired => {
            let after = Month::of(person.born) + (settings.retire_months(person.man) + 1);
            Some(("retired".into(), after.first_day().min(as_of)))
        }
        Today::Gone => Some((shares.gone_as.any(dice).clone(), lately(dice))),
        Today::Away => Some((shares.away_as.any(dice).clone(), lately(dice))),
        Today::Seconded => {
            let from = lately(dice);
            let mut row: Vec<(&'static str, Value)> = vec![
                ("kind", "biet_phai".into()),
                ("from_unit", person.place.unit.as_str().into()),
                ("to_unit", shares.seconded_to.any(dice).as_str().into()),
                ("from_date", from.into()),
                ("to_date", shift(years_later(from, 1), -1).into()),
            ];
            row.extend(decision(person, from, dice).columns());
            sheet.add("secondments", row);
            Some(("seconded_out".into(), from))
        }
    }
}

//! Lists of words that are never empty, and lists in which some are met more often.

use super::dice::Dice;
use serde::Deserialize;

/// A list with at least one entry.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Vec<T>")]
pub struct List<T> {
    first: T,
    rest: Vec<T>,
}

impl<T> TryFrom<Vec<T>> for List<T> {
    type Error = &'static str;

    fn try_from(mut entries: Vec<T>) -> Result<List<T>, &'static str> {
        match entries.is_empty() {
            true => Err("danh sách trống"),
            false => Ok(List { first: entries.remove(0), rest: entries }),
        }
    }
}

impl<T> List<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rest.len() + 1
    }

    /// The entry at a place, from 0; the first one beyond the end.
    pub fn at(&self, place: usize) -> &T {
        place.checked_sub(1).and_then(|place| self.rest.get(place)).unwrap_or(&self.first)
    }

    /// Any entry.
    pub fn any(&self, dice: &mut Dice) -> &T {
        let count = u64::try_from(self.len()).unwrap_or(1);
        self.at(usize::try_from(dice.below(count)).unwrap_or_default())
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// A list with how often each entry is met.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "List<(T, u32)>")]
pub struct Weighted<T> {
    list: List<(T, u32)>,
    total: u64,
}

impl<T> TryFrom<List<(T, u32)>> for Weighted<T> {
    type Error = &'static str;

    fn try_from(list: List<(T, u32)>) -> Result<Weighted<T>, &'static str> {
        let total = list.iter().map(|(_, weight)| u64::from(*weight)).sum();
        Ok(Weighted { list, total })
    }
}

impl<T> Weighted<T> {
    /// Any entry, the frequent ones more often.
    pub fn any(&self, dice: &mut Dice) -> &T {
        let mut left = dice.below(self.total);
        for (entry, weight) in self.list.iter() {
            match left.checked_sub(u64::from(*weight)) {
                Some(less) => left = less,
                None => return entry,
            }
        }
        &self.list.at(0).0
    }
}

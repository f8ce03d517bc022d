//! Units a sheet may name: those inside the area of the grant.

use super::words::plain;
use std::collections::HashMap;

/// A unit people can be put into.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) identifier: String,
    pub(super) path: String,
}

/// All of them, by what a sheet may call them.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    places: Vec<Place>,
    called: HashMap<String, Vec<usize>>,
}

impl Units {
    pub(super) fn new(places: Vec<Place>) -> Units {
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, place) in places.iter().enumerate() {
            let mut names = vec![plain(&place.name), plain(&place.short_name), plain(&place.identifier)];
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                called.entry(name).or_default().push(index);
            }
        }
        Units { places, called }
    }

    /// All of them, in the order of the tree.
    pub(super) fn all(&self) -> &[Place] {
        &self.places
    }

    /// One by its id.
    pub(super) fn get(&self, id: i64) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// The name of one.
    pub(super) fn name(&self, id: i64) -> &str {
        self.get(id).map_or("", |place| &place.name)
    }

    /// Whether a text names exactly one.
    pub(super) fn knows(&self, text: &str) -> bool {
        self.called.get(&plain(text)).is_some_and(|found| found.len() == 1)
    }

    /// The unit a text names, or what to enter instead.
    pub(super) fn find(&self, text: &str) -> Result<i64, String> {
        let sought = plain(text);
        let found = self.called.get(&sought).map(Vec::as_slice).unwrap_or_default();
        let places: Vec<&Place> = found.iter().filter_map(|index| self.places.get(*index)).collect();
        match places.as_slice() {
            [one] => Ok(one.id),
            [] => {
                let near = self.places.iter().find(|place| !sought.is_empty() && plain(&place.name).contains(&sought));
                let near = near.map(|place| format!(". Có phải {}?", place.name)).unwrap_or_default();
                Err(format!("Không có đơn vị “{text}” trong phạm vi được giao{near}"))
            }
            [first, ..] => Err(format!("Có {} đơn vị tên “{text}”. Ghi mã định danh của đơn vị, ví dụ {}", places.len(), first.identifier)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> Units {
        let place = |id: i64, name: &str, identifier: &str| Place {
            id,
            name: name.into(),
            short_name: String::new(),
            identifier: identifier.into(),
            path: format!("/{id}/"),
        };
        Units::new(vec![place(1, "Sở Y tế", "G01"), place(2, "Phòng Hành chính", "G02"), place(3, "Phòng Hành chính", "G03")])
    }

    #[test]
    fn a_unit_is_found_by_name_or_identifier() {
        assert_eq!(units().find("SỞ Y TẾ"), Ok(1));
        assert_eq!(units().find("g03"), Ok(3));
        assert!(units().knows("so y te") && !units().knows("Phòng Hành chính"));
    }

    #[test]
    fn a_name_of_two_units_asks_for_the_identifier() {
        assert!(units().find("Phòng hành chính").unwrap_err().contains("G02"));
        assert!(units().find("Y tế").unwrap_err().contains("Có phải Sở Y tế?"));
    }
}

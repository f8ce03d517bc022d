//! What the generator draws from, and the generator itself.

use super::{
    career,
    dice::Dice,
    extras, family,
    gazetteer::Gazetteer,
    identity, learning,
    pay::Pay,
    person::{Numbers, Person, Workplace},
    salary,
    sheet::Sheet,
    standing,
    words::{People, Place, Words},
};
use law::{DataSource, Faults, Law};
use std::sync::Arc;

/// Everything that people are drawn from.
pub struct Book {
    pub words: Words,
    pub gazetteer: Gazetteer,
    pub pay: Pay,
}

impl Book {
    /// Reads `data/demo/` and what it needs of the law.
    pub fn read(source: &DataSource, law: &Law) -> Result<Book, Faults> {
        Ok(Book { words: Words::read(source)?, gazetteer: Gazetteer::read(law), pay: Pay::read(source, law)? })
    }

    /// The place of an old province, if the demo knows its people.
    pub fn place(&self, old_province: &str) -> Option<&Place> {
        self.words.places.place.iter().find(|place| place.old_province == old_province)
    }

    /// Names of a people for somebody born in a year; those of the majority where none are listed.
    pub fn people(&self, ethnicity: &str, year: i32) -> &People {
        let all = &self.words.names.people;
        let fits = |people: &&People| people.ethnicity == ethnicity && people.born_until.is_none_or(|until| year <= until);
        all.iter().find(fits).unwrap_or_else(|| all.at(0))
    }
}

/// Sets the dice of leaving apart from those of the rest.
const FATE: u64 = 0xfa7e;

/// Makes people, one after the other; the same seed makes the same people.
pub struct Generator {
    book: Arc<Book>,
    numbers: Numbers,
    seed: u64,
    made: u64,
}

/// A dossier to be, with what accounts and lists need to know of it.
pub struct Made {
    /// The full name.
    pub name: String,
    /// The title, as an operator's decision states it.
    pub title: String,
    /// The rows.
    pub sheet: Sheet,
    /// The person has left.
    pub left: bool,
}

impl Generator {
    /// A generator at its beginning.
    pub fn new(book: Arc<Book>, seed: u64) -> Generator {
        Generator { book, numbers: Numbers::default(), seed, made: 0 }
    }

    /// The next person, in this profession and, if one is named, this post; nothing for words no list knows. Whoever holds a
    /// post or an account does not leave.
    pub fn next(&mut self, place: &Workplace, profession: &str, post: Option<&str>, may_leave: bool) -> Option<Made> {
        let book = self.book.clone();
        let profession = book.words.careers.profession(profession)?;
        let post = match post {
            Some(key) => Some(book.words.careers.post(key)?),
            None => None,
        };
        self.made += 1;
        let mut dice = Dice::of(self.seed, self.made);
        // Dice of their own, so that who leaves changes nobody else.
        let fate = (may_leave && post.is_none()).then(|| Dice::of(self.seed ^ FATE, self.made));
        let person = Person::draw(&book, &mut dice, &mut self.numbers, self.made, place, (profession, post), fate);
        let mut sheet = Sheet { rows: Vec::with_capacity(96) };
        let dice = &mut dice;
        let career = career::draw(&book, &person, dice);
        let pay = salary::draw(&book, &person, &career, dice);
        identity::write(&book, &person, &career, &mut sheet, dice);
        career::write(&book, &person, &career, &mut sheet, dice);
        salary::write(&book, &person, &career, &pay, &mut sheet);
        learning::write(&book, &person, &mut sheet, dice);
        standing::write(&book, &person, &career, &mut sheet, dice);
        family::write(&book, &person, &mut sheet, dice);
        extras::write(&book, &person, &career, &mut sheet, dice);
        if !person.full {
            leave_gaps(&mut sheet, dice);
        }
        let title = post.map_or(&profession.title, |post| &post.title).clone();
        Some(Made { name: person.name, title, sheet, left: person.today.has_left() })
    }
}

/// What old paper dossiers often lack.
fn leave_gaps(sheet: &mut Sheet, dice: &mut Dice) {
    const OFTEN_MISSING: &[&str] =
        &["health", "family_background", "insurance_tax_bank", "personal_history", "degree_history", "education_summary", "family_spouse"];
    for section in OFTEN_MISSING {
        if dice.percent(40) {
            sheet.rows.retain(|row| row.section != *section);
        }
    }
}

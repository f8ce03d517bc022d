//! `{dossiers}` becomes the dossiers inside the area; everything else is checked on the way.

use crate::{
    Error, Result, Value,
    dialect::Dialect,
    expand::{Bound, Expanded, Trees},
    grant::Area,
    schema::{Schema, Scope, Table},
};

/// Words that write; a text that reads has no use for them.
const WRITES: &[&str] = &["insert", "update", "delete", "merge", "truncate", "create", "drop", "alter", "attach", "pragma", "copy"];

/// What may stand after FROM and is no table: the elements of a parameter.
const ELEMENTS: &[&str] = &["json_each", "jsonb_array_elements"];

/// A text with its braces filled in, for areas of one form.
pub(crate) fn fill(text: &str, args: usize, area: &Area, schema: &Schema, (dialect, sign): (Dialect, &'static str)) -> Result<Expanded> {
    let verb = text.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    if !["select", "with", "explain"].iter().any(|reads| verb.eq_ignore_ascii_case(reads)) || hides(text) {
        return Err(Error::NotReading(verb.to_owned()));
    }
    let mut filled =
        Expansion { sql: String::with_capacity(text.len() + 128), args, bound: Vec::new(), area, sign, by_row: dialect.unindexed() };
    let mut names = Vec::new();
    let mut rest = text;
    let mut table_next = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => quoted(rest),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '{' => rest.find('}').map_or(rest.len(), |end| end + 1),
            _ if starts_word(first) => rest.find(|c| !in_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        match first {
            '{' => filled.table(schema.table(token.trim_matches(['{', '}']))?)?,
            '"' | '`' | '[' | ';' => return Err(Error::NotReading(token.to_owned())),
            _ if starts_word(first) => {
                refuse(token, schema)?;
                if table_next {
                    names.push(token);
                }
                filled.sql.push_str(token);
            }
            _ => filled.sql.push_str(token),
        }
        if !first.is_whitespace() {
            table_next = ["from", "join"].iter().any(|word| token.eq_ignore_ascii_case(word));
        }
        rest = after;
    }
    let unknown = names.into_iter().find(|name| schema.known(name).is_none() && !ELEMENTS.contains(name) && !is_cte(text, name));
    match unknown {
        Some(name) => Err(Error::Unclassified(name.to_owned())),
        None => Ok(filled.done()),
    }
}

/// A table restricted to what may be written inside an area: the condition and its parameters.
pub(crate) fn within(table: &Table, args: &[Value], area: &Area) -> Result<(String, Vec<Value>)> {
    let mut filled = Expansion { sql: String::new(), args: args.len(), bound: Vec::new(), area, sign: "", by_row: "" };
    match table.scope {
        _ if area.everything => filled.sql.push_str("1 = 1"),
        // Whoever holds exactly some units holds the inner sections that are founded in them, too.
        Scope::Tree => {
            filled.sql.push('(');
            filled.any(&["path"], None, Trees::People);
            filled.sql.push_str(" OR (kind_is_section AND parent_id IN (SELECT id FROM units WHERE ");
            filled.any(&["path"], None, Trees::People);
            filled.sql.push_str(")))");
        }
        Scope::TreePart => {
            filled.sql.push_str("unit_id IN (SELECT id FROM units WHERE ");
            filled.any(&["path"], None, Trees::People);
            filled.sql.push(')');
        }
        // One sees one's own account, and does not write one's own rights.
        Scope::Account => filled.any(&["unit_path"], None, Trees::Accounts),
        Scope::Open if !area.whole() => filled.sql.push_str("1 = 0"),
        Scope::Setup if !area.sets_up() => filled.sql.push_str("1 = 0"),
        Scope::Unit
        | Scope::Roster
        | Scope::Dossier
        | Scope::Transfer
        | Scope::Duty
        | Scope::Place
        | Scope::Own
        | Scope::Journal
        | Scope::Open
        | Scope::Setup
        | Scope::Closed => filled.condition(table)?,
    }
    let filled = filled.done();
    Ok((filled.sql.to_string(), filled.args(args, area)))
}

fn refuse(word: &str, schema: &Schema) -> Result<()> {
    if WRITES.iter().any(|write| word.eq_ignore_ascii_case(write)) {
        return Err(Error::NotReading(word.to_owned()));
    }
    match schema.known(word) {
        None | Some(Scope::Open | Scope::Setup | Scope::Tree | Scope::TreePart) => Ok(()),
        Some(_) => Err(Error::Bare(word.to_owned())),
    }
}

fn is_cte(text: &str, name: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !in_word(c) && c != '(').filter(|word| !word.is_empty()).collect();
    words
        .windows(3)
        .any(|three| matches!(three, [cte, like, body] if cte == &name && like.eq_ignore_ascii_case("as") && body.starts_with('(')))
}

/// Other ways to quote and comment, which could hide a table from the walk below.
fn hides(text: &str) -> bool {
    let dollars = text.split('$').skip(1).any(|after| !after.starts_with(|c: char| c.is_ascii_digit()));
    dollars || text.contains('\\') || text.contains("/*")
}

fn quoted(rest: &str) -> usize {
    rest.char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(rest.len(), |(end, _)| end + 1)
}

fn starts_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Expansion<'a> {
    sql: String,
    /// How many parameters are the author's own.
    args: usize,
    bound: Vec<Bound>,
    area: &'a Area,
    sign: &'static str,
    /// The sign where a row is found by its id already.
    by_row: &'static str,
}

impl Expansion<'_> {
    fn done(self) -> Expanded {
        Expanded { sql: self.sql.into(), bound: self.bound }
    }

    fn table(&mut self, table: &Table) -> Result<()> {
        if self.area.everything && !matches!(table.scope, Scope::Closed | Scope::Own) {
            self.sql.push_str(&table.name);
            return Ok(());
        }
        self.sql.push_str(&format!("(SELECT * FROM {} WHERE ", table.name));
        self.condition(table)?;
        self.sql.push(')');
        Ok(())
    }

    fn condition(&mut self, table: &Table) -> Result<()> {
        let area = self.area;
        match table.scope {
            Scope::Closed => return Err(Error::Bare(table.name.clone())),
            Scope::Own => {
                let account = self.bind(Bound::Account);
                self.sql.push_str(&format!("account_id = {account}"));
            }
            Scope::Open | Scope::Setup | Scope::Tree | Scope::TreePart => self.sql.push_str("1 = 1"),
            _ if area.everything => self.sql.push_str("1 = 1"),
            Scope::Unit => self.any(&["unit_path"], Some("id"), Trees::People),
            Scope::Roster => self.any(&["unit_path"], Some("dossier_id"), Trees::People),
            Scope::Transfer => self.any(&["from_unit_path", "to_unit_path"], Some("dossier_id"), Trees::People),
            Scope::Duty => self.any(&["from_unit_path", "to_unit_path"], Some("dossier_id"), Trees::People),
            Scope::Place => self.any(&["unit_path"], None, Trees::People),
            Scope::Account => {
                let own = if table.name == "accounts" { "id" } else { "account_id" };
                let account = self.bind(Bound::Account);
                self.sql.push_str(&format!("({own} = {account} OR "));
                self.any(&["unit_path"], None, Trees::Accounts);
                self.sql.push(')');
            }
            Scope::Dossier => self.of_dossiers(&table.name),
            Scope::Journal => {
                self.sql.push('(');
                self.of_dossiers(&table.name);
                self.sql.push_str(&format!(" OR EXISTS (SELECT 1 FROM accounts WHERE accounts.id = {}.account_id AND ", table.name));
                self.any(&["unit_path"], None, Trees::Accounts);
                self.sql.push_str("))");
            }
        }
        Ok(())
    }

    /// The row is of a dossier inside the area.
    ///
    /// Asked row by row: as a list (`IN (SELECT …)`) SQLite would first gather every dossier of the area, for each of the
    /// fifty-five sections of a page. The dossier is found by its id, so SQLite must not even weigh the index of units: it
    /// would plan the text anew for each value that is bound to it.
    fn of_dossiers(&mut self, table: &str) {
        let area = self.area;
        if area.subtrees.is_empty() && area.units.is_empty() {
            return self.any(&[], Some("dossier_id"), Trees::People);
        }
        self.sql.push_str(&format!("EXISTS (SELECT 1 FROM dossiers WHERE dossiers.id = {table}.dossier_id AND "));
        let sign = std::mem::replace(&mut self.sign, self.by_row);
        self.any(&["unit_path"], Some("id"), Trees::People);
        self.sign = sign;
        self.sql.push(')');
    }

    /// Inside one of the subtrees or exactly one of the units by one of `paths`, or one of the dossiers by `dossier`.
    fn any(&mut self, paths: &[&str], dossier: Option<&str>, trees: Trees) {
        let (area, sign) = (self.area, self.sign);
        let mut joint = "(";
        for path in paths {
            for place in 0..trees.of(area).len() {
                let (from, until) = (self.bind(Bound::First(trees, place)), self.bind(Bound::Past(trees, place)));
                self.sql.push_str(&format!("{joint}{sign}{path} >= {from} AND {sign}{path} < {until}"));
                joint = " OR ";
            }
        }
        for path in paths.iter().filter(|_| !area.units.is_empty()) {
            self.sql.push_str(&format!("{joint}{sign}{path} IN ("));
            for place in 0..area.units.len() {
                let unit = self.bind(Bound::Unit(place));
                self.sql.push_str(if place == 0 { "" } else { ", " });
                self.sql.push_str(&unit);
            }
            self.sql.push(')');
            joint = " OR ";
        }
        if let Some(dossier) = dossier {
            for place in 0..area.dossiers.len() {
                let id = self.bind(Bound::Dossier(place));
                self.sql.push_str(&format!("{joint}{dossier} = {id}"));
                joint = " OR ";
            }
        }
        self.sql.push_str(if joint == "(" { "(1 = 0)" } else { ")" });
    }

    fn bind(&mut self, bound: Bound) -> String {
        self.bound.push(bound);
        format!("${}", self.args + self.bound.len())
    }
}

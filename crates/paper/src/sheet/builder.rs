//! Collects cells of one sheet in any order, within a budget shared by the whole file.

use std::{collections::HashSet, sync::Arc};

use super::{Cell, Limits, Merge, Refusal, Sheet};

/// Short texts repeat (codes, ranks, places); longer ones seldom do.
const SHARED_LENGTH: usize = 48;
/// Texts remembered for sharing.
const SHARED_TEXTS: usize = 100_000;
/// What one text costs beside its letters.
const TEXT_OVERHEAD: u64 = 32;
/// Rows and columns any sheet program knows.
const MOST_ROWS: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;

/// What is left of the limits while a file is read.
#[derive(Default)]
pub(super) struct Budget {
    cells: usize,
    merges: usize,
    text: u64,
    limit: usize,
    shared: HashSet<Arc<str>>,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Budget {
        Budget { cells: limits.cells, merges: limits.merges, text: limits.text, limit: limits.cells, shared: HashSet::new() }
    }

    fn take_cells(&mut self, count: usize) -> Result<(), Refusal> {
        // Forty columns is the width of a usual staff list.
        let too_many = Refusal::TooManyCells { rows: self.limit / 40 };
        self.cells = self.cells.checked_sub(count).ok_or(too_many)?;
        Ok(())
    }

    /// Counts a text that will be kept.
    pub(super) fn take_text(&mut self, length: usize) -> Result<(), Refusal> {
        self.text = self.text.checked_sub(length as u64 + TEXT_OVERHEAD).ok_or(Refusal::Bloated)?;
        Ok(())
    }

    /// A text cell that shares its allocation with equal short texts.
    pub(super) fn text(&mut self, text: &str) -> Result<Cell, Refusal> {
        if text.trim().is_empty() { Ok(Cell::Empty) } else { self.share(text).map(Cell::Text) }
    }

    fn share(&mut self, text: &str) -> Result<Arc<str>, Refusal> {
        if let Some(known) = self.shared.get(text) {
            return Ok(Arc::clone(known));
        }
        self.take_text(text.len())?;
        if text.len() > SHARED_LENGTH {
            return Ok(Arc::from(text));
        }
        let fresh: Arc<str> = Arc::from(text);
        if self.shared.len() < SHARED_TEXTS {
            self.shared.insert(Arc::clone(&fresh));
        }
        Ok(fresh)
    }
}

/// One sheet under way.
pub(super) struct Builder {
    sheet: Sheet,
    /// Columns of the last row; the next row is likely as wide.
    likely_width: usize,
}

impl Builder {
    pub(super) fn new(name: impl Into<String>, hidden: bool) -> Builder {
        Builder { sheet: Sheet { name: name.into(), hidden, ..Sheet::default() }, likely_width: 0 }
    }

    /// Puts a cell in its place; empty cells cost nothing.
    pub(super) fn put(&mut self, budget: &mut Budget, row: usize, column: usize, cell: Cell) -> Result<(), Refusal> {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(Refusal::Damaged);
        }
        if cell == Cell::Empty {
            return Ok(());
        }
        let rows = &mut self.sheet.rows;
        if row >= rows.len() {
            budget.take_cells(row + 1 - rows.len())?;
            self.likely_width = rows.last().map_or(0, Vec::len);
            rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = rows.get_mut(row) else { return Ok(()) };
        if column >= cells.len() {
            budget.take_cells(column + 1 - cells.len())?;
            if cells.capacity() == 0 {
                cells.reserve_exact(self.likely_width.max(column + 1));
            }
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    /// Notes a merged block; blocks of one cell or turned around are dropped.
    pub(super) fn merge(&mut self, budget: &mut Budget, merge: Merge) -> Result<(), Refusal> {
        if merge.bottom >= MOST_ROWS || merge.right >= MOST_COLUMNS || merge.top > merge.bottom || merge.left > merge.right {
            return Ok(());
        }
        if merge.top == merge.bottom && merge.left == merge.right {
            return Ok(());
        }
        budget.merges = budget.merges.checked_sub(1).ok_or(Refusal::Bloated)?;
        self.sheet.merges.push(merge);
        Ok(())
    }

    pub(super) fn finish(self) -> Sheet {
        self.sheet
    }
}

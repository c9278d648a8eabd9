//! Which rows of a long list are drawn. Rows have one height, so that a list of any length costs what one screen costs.

use std::ops::Range;

/// A list's place on the screen, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// How far it is scrolled.
    pub top: f64,
    /// Height of what is seen.
    pub height: f64,
    /// Height of a row.
    pub row: f64,
}

/// Rows drawn beyond each edge, so that a small scroll shows no gap.
const MARGIN: usize = 6;

impl Screen {
    /// The rows to draw of `count`.
    pub fn rows(self, count: usize) -> Range<usize> {
        let row = self.row.max(1.0);
        let first = (self.top.max(0.0) / row) as usize;
        let seen = (self.height.max(0.0) / row).ceil() as usize + 1;
        let end = first.saturating_add(seen).saturating_add(MARGIN).min(count);
        first.saturating_sub(MARGIN).min(end)..end
    }

    /// Where to scroll so that row `index` is seen whole; `None` when it is.
    pub fn reveal(self, index: usize) -> Option<f64> {
        let top = index as f64 * self.row;
        if top < self.top {
            Some(top)
        } else if top + self.row > self.top + self.height {
            Some(top + self.row - self.height)
        } else {
            None
        }
    }

    /// Rows that a page key moves by.
    pub fn page(self) -> usize {
        ((self.height / self.row.max(1.0)) as usize).saturating_sub(1).max(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(top: f64, count: usize, expect: Range<usize>) {
        assert_eq!(Screen { top, height: 100.0, row: 10.0 }.rows(count), expect);
    }

    #[test]
    fn one_screen_and_a_margin_is_drawn() {
        check(0.0, 1000, 0..17);
        check(500.0, 1000, 44..67);
        check(9990.0, 1000, 993..1000);
        check(0.0, 3, 0..3);
        check(500.0, 0, 0..0);
        check(-50.0, 1000, 0..17);
    }

    proptest! {
        #[test]
        fn a_revealed_row_is_drawn_and_seen(top in 0.0..1e6f64, height in 40.0..2000.0f64, index in 0usize..20_000) {
            let screen = Screen { top, height, row: 40.0 };
            let after = Screen { top: screen.reveal(index).unwrap_or(top), ..screen };
            prop_assert_eq!(after.reveal(index), None);
            prop_assert!(after.rows(20_000).contains(&index));
        }
    }
}

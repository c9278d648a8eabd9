//! Text that was put together from pieces of a file, and where each piece comes from.

/// A text and its places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::voice::vale) struct Piece {
    pub text: String,
    runs: Vec<Run>,
}

/// `len` bytes at `at` of the text stand at `from` in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    at: usize,
    from: usize,
    len: usize,
}

impl Piece {
    /// `text`, which stands at `from`.
    pub fn of(text: &str, from: usize) -> Self {
        Self { text: text.to_owned(), runs: vec![Run { at: 0, from, len: text.len() }] }
    }

    /// Adds `text`, which stands at `from`.
    pub fn push(&mut self, text: &str, from: usize) {
        self.runs.push(Run { at: self.text.len(), from, len: text.len() });
        self.text.push_str(text);
    }

    /// Adds `text`, which stands for something at `from` that reads otherwise.
    pub fn push_instead(&mut self, text: &str, from: usize) {
        self.runs.push(Run { at: self.text.len(), from, len: 1 });
        self.text.push_str(text);
    }

    /// Adds what stands nowhere.
    pub fn push_new(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds another piece.
    pub fn append(&mut self, other: &Self) {
        let shift = self.text.len();
        self.runs.extend(other.runs.iter().map(|run| Run { at: run.at + shift, ..*run }));
        self.text.push_str(&other.text);
    }

    /// The bytes from `start` to `end`.
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let runs = self.runs.iter().filter_map(|run| {
            let (low, high) = (run.at.max(start), (run.at + run.len).min(end));
            (low < high).then(|| Run { at: low - start, from: run.from + (low - run.at), len: high - low })
        });
        Self { text: self.text[start..end].to_owned(), runs: runs.collect() }
    }

    /// Without white space around.
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.slice(start, start + self.text.trim().len())
    }

    /// A star for every character.
    pub fn masked(&self) -> Self {
        let stars: String = self.text.chars().map(|c| if c == '\n' { '\n' } else { '*' }).collect();
        let runs = if self.text.is_ascii() {
            self.runs.clone()
        } else {
            self.place(0).map(|from| Run { at: 0, from, len: 1 }).into_iter().collect()
        };
        Self { text: stars, runs }
    }

    /// Where the byte at `at`, or the next one that stands anywhere, stands in the file.
    pub fn place(&self, at: usize) -> Option<usize> {
        let next = self.runs.partition_point(|run| run.at + run.len <= at);
        self.runs.get(next).map(|run| run.from + at.saturating_sub(run.at))
    }

    /// Where the file goes on behind the byte before `end`.
    pub fn place_end(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1)?;
        let next = self.runs.partition_point(|run| run.at <= last);
        let run = self.runs.get(next.checked_sub(1)?)?;
        Some(run.from + (last - run.at).min(run.len.saturating_sub(1)) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept() {
        let mut piece = Piece::of("one ", 10);
        piece.push_new(" ");
        piece.push("two", 20);
        assert_eq!((piece.place(0), piece.place(4), piece.place(6)), (Some(10), Some(20), Some(21)));
        assert_eq!((piece.place_end(3), piece.place_end(8)), (Some(13), Some(23)));
        let cut = piece.slice(2, 7);
        assert_eq!((cut.text.as_str(), cut.place(0), cut.place(3)), ("e  tw", Some(12), Some(20)));
        assert_eq!(piece.place(8), None);
        assert_eq!(Piece::of("  a ", 5).trimmed(), Piece::of("a", 7));
        assert_eq!(Piece::of("a\nb", 5).masked().text, "*\n*");
    }
}

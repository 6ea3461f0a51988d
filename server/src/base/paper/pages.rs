//! Which strip stands on which page.

use super::strip::Tie;

/// As much of a strip as matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) height: f32,
    /// Left free above it, except at the top of a page.
    pub(super) space: f32,
    pub(super) tie: Tie,
    /// Stands at the top of a new page.
    pub(super) turn: bool,
    /// The height of what is drawn again above it at the top of a page.
    pub(super) head: f32,
}

/// A strip and where its top is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) piece: usize,
    pub(super) top: f32,
}

/// Pages of `room`, each piece once and in order. Tied pieces share a page when one page can hold them; the weaker tie gives way first.
pub(super) fn pages(pieces: &[Piece], room: f32) -> Vec<Vec<Place>> {
    let mut filling = Filling { pieces, room, pages: vec![Vec::new()], used: 0.0 };
    let turns = (1..pieces.len()).filter(|at| pieces.get(*at).is_some_and(|piece| piece.turn));
    let mut start = 0;
    for end in turns.chain([pieces.len()]) {
        filling.turn();
        filling.put_together(start..end, Tie::Loose);
        start = end;
    }
    filling.pages
}

struct Filling<'p> {
    pieces: &'p [Piece],
    room: f32,
    pages: Vec<Vec<Place>>,
    used: f32,
}

impl Filling<'_> {
    /// Splits at ties no stronger than `weakest`, and puts each group on one page or splits it further.
    fn put_together(&mut self, range: std::ops::Range<usize>, weakest: Tie) {
        let mut start = range.start;
        while start < range.end {
            let tied = |at: &usize| self.pieces.get(*at).is_some_and(|piece| piece.tie > weakest);
            let last = (start..range.end - 1).take_while(tied).count() + start;
            let group = start..last + 1;
            start = group.end;
            if self.fits_here(&group) {
                group.for_each(|piece| self.put(piece));
            } else if self.height_on_new_page(&group) <= self.room {
                self.turn();
                group.for_each(|piece| self.put(piece));
            } else {
                match weakest.next() {
                    Some(stronger) => self.put_together(group, stronger),
                    None => group.for_each(|piece| self.put_or_turn(piece)),
                }
            }
        }
    }

    fn put_or_turn(&mut self, piece: usize) {
        if !self.fits_here(&(piece..piece + 1)) {
            self.turn();
        }
        self.put(piece);
    }

    fn put(&mut self, piece: usize) {
        let Some(it) = self.pieces.get(piece) else { return };
        self.used += if self.at_top() { it.head } else { it.space };
        let top = self.used;
        self.used += it.height;
        if let Some(page) = self.pages.last_mut() {
            page.push(Place { piece, top });
        }
    }

    fn turn(&mut self) {
        if !self.at_top() {
            self.pages.push(Vec::new());
            self.used = 0.0;
        }
    }

    fn at_top(&self) -> bool {
        self.pages.last().is_none_or(Vec::is_empty)
    }

    fn fits_here(&self, group: &std::ops::Range<usize>) -> bool {
        let height = if self.at_top() {
            self.height_on_new_page(group)
        } else {
            self.of(group).iter().map(|piece| piece.space + piece.height).sum()
        };
        // A hair's breadth for sums of many lines.
        self.used + height <= self.room + 0.01
    }

    fn height_on_new_page(&self, group: &std::ops::Range<usize>) -> f32 {
        let pieces = self.of(group);
        let first = pieces.first().map_or(0.0, |first| first.head - first.space);
        first + pieces.iter().map(|piece| piece.space + piece.height).sum::<f32>()
    }

    fn of(&self, group: &std::ops::Range<usize>) -> &[Piece] {
        self.pieces.get(group.clone()).unwrap_or_default()
    }
}

//! A string table: each distinct text once, found by its text or by its number.

/// Distinct texts numbered from 0 in the order in which they were first seen.
///
/// One buffer holds all texts, so ten million names cost their letters and about ten bytes each.
#[derive(Debug, Clone, Default)]
pub struct Names {
    text: String,
    ends: Vec<usize>,
    slots: Vec<u32>,
    /// The number given out last: neighbouring rows often have the same text.
    recent: u32,
}

const FREE: u32 = u32::MAX;

impl Names {
    /// A table without texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of `name`, which is given one if it is new.
    ///
    /// # Panics
    /// When there are 4,294,967,295 texts already.
    pub fn intern(&mut self, name: &str) -> u32 {
        if !self.is(self.recent, name) {
            self.recent = match self.slot_with_room(name) {
                (_, Some(id)) => id,
                (slot, None) => {
                    self.slots[slot] = self.push(name);
                    self.slots[slot]
                }
            };
        }
        self.recent
    }

    /// Whether the text with number `id`, if there is one, is `name`.
    pub(crate) fn is(&self, id: u32, name: &str) -> bool {
        (id as usize) < self.ends.len() && self.name(id) == name
    }

    /// Gives `name` a number of its own even if another entry has the same text, of which
    /// [`Names::find`] then gives the first.
    ///
    /// # Panics
    /// As [`Names::intern`].
    pub fn append(&mut self, name: &str) -> u32 {
        let (slot, known) = self.slot_with_room(name);
        let id = self.push(name);
        if known.is_none() {
            self.slots[slot] = id;
        }
        id
    }

    /// The number of `name` if it is known.
    pub fn find(&self, name: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        match self.slots[self.slot(name)] {
            FREE => None,
            id => Some(id),
        }
    }

    /// The text with number `id`.
    ///
    /// # Panics
    /// When there is no such number.
    pub fn name(&self, id: u32) -> &str {
        let id = id as usize;
        let begin = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[begin..self.ends[id]]
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|id| self.name(id as u32))
    }

    /// The place of each text in code-point order: `ranks()[id]` is small for early texts.
    pub fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.ends.len() as u32).collect();
        order.sort_by(|&a, &b| self.name(a).cmp(self.name(b)));
        let mut ranks = vec![0; order.len()];
        for (rank, id) in order.into_iter().enumerate() {
            ranks[id as usize] = rank as u32;
        }
        ranks
    }

    fn push(&mut self, name: &str) -> u32 {
        let id = u32::try_from(self.ends.len()).expect("fewer than 2^32 texts");
        assert_ne!(id, FREE, "fewer than 2^32 - 1 texts");
        self.text.push_str(name);
        self.ends.push(self.text.len());
        id
    }

    fn slot_with_room(&mut self, name: &str) -> (usize, Option<u32>) {
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot(name);
        (slot, Some(self.slots[slot]).filter(|&id| id != FREE))
    }

    fn slot(&self, name: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(name.as_bytes()) as usize & mask;
        loop {
            match self.slots[slot] {
                FREE => return slot,
                id if self.name(id) == name => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![FREE; (old.len() * 2).max(16)];
        for id in old.into_iter().filter(|&id| id != FREE) {
            let slot = self.slot(self.name(id));
            self.slots[slot] = id;
        }
    }
}

/// Folds eight bytes at a time by a wide multiplication; the tables are private and short-lived, so
/// speed matters more than resistance to chosen keys.
fn hash(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = bytes.len() as u64 ^ ODD;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().expect("chunks of eight"));
        state = fold(state ^ word, ODD);
    }
    let mut rest = [0; 8];
    rest[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    fold(fold(state ^ u64::from_le_bytes(rest), ODD), ODD)
}

fn fold(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    wide as u64 ^ (wide >> 64) as u64
}

//! A square table of yes and no.

/// Which of `n` things relates to which.
#[derive(Debug, Clone)]
pub struct Bits {
    words: usize,
    rows: Vec<u64>,
}

impl Bits {
    /// No relations among `n` things.
    pub fn new(n: usize) -> Self {
        let words = n.div_ceil(64);
        Self {
            words,
            rows: vec![0; words * n],
        }
    }

    pub fn set(&mut self, from: usize, to: usize) {
        self.rows[from * self.words + to / 64] |= 1 << (to % 64);
    }

    pub fn get(&self, from: usize, to: usize) -> bool {
        self.rows[from * self.words + to / 64] >> (to % 64) & 1 == 1
    }

    /// Adds all relations of `other` to those of `row`; whether any was new.
    pub fn absorb(&mut self, row: usize, other: usize) -> bool {
        let mut grown = false;
        for word in 0..self.words {
            let new = self.rows[other * self.words + word];
            let own = &mut self.rows[row * self.words + word];
            grown |= *own | new != *own;
            *own |= new;
        }
        grown
    }
}

/// Groups that grow together.
#[derive(Debug, Clone)]
pub struct Groups {
    leader: Vec<usize>,
}

impl Groups {
    /// Everything apart.
    pub fn new(n: usize) -> Self {
        Self {
            leader: (0..n).collect(),
        }
    }

    /// The smallest member of the group.
    pub fn leader(&mut self, of: usize) -> usize {
        let mut at = of;
        while self.leader[at] != at {
            self.leader[at] = self.leader[self.leader[at]];
            at = self.leader[at];
        }
        at
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.leader(a), self.leader(b));
        self.leader[a.max(b)] = a.min(b);
    }

    /// The groups by their smallest members, each in ascending order.
    pub fn list(&mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.leader.len()];
        for member in 0..self.leader.len() {
            let leader = self.leader(member);
            groups[leader].push(member);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}

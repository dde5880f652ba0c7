//! What happens next: a heap of times, ties in the order in which they were entered.

/// What an entry is about; the number says which one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// The next customer of a group comes.
    Arrival(u32),
    /// The work on a visit ends.
    Done(u32),
    /// The patience of a visit ends.
    Leave(u32),
    /// A team comes or goes.
    Shift(u32),
    /// A customer of a group comes by appointment.
    Booked(u32),
}

/// Which entry of the calendar this is, to know a withdrawn one by.
pub(super) type Entry = u32;

const INDEX_BITS: u32 = 29;

/// Time, entry and event in one number, so that one comparison orders them: the bits of a time
/// that is not negative are in the order of the times.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    heap: Vec<u128>,
    entries: Entry,
}

/// Children of each place of the heap: four lie in one cache line.
const CHILDREN: usize = 4;

impl Calendar {
    /// Enters an event at a minute that is not negative.
    #[inline]
    pub(super) fn enter(&mut self, minute: f64, event: Event) -> Entry {
        let (kind, index) = match event {
            Event::Arrival(index) => (0, index),
            Event::Done(index) => (1, index),
            Event::Leave(index) => (2, index),
            Event::Shift(index) => (3, index),
            Event::Booked(index) => (4_u32, index),
        };
        self.entries = self.entries.wrapping_add(1);
        let event = u128::from((kind << INDEX_BITS) | index);
        let time = u128::from((minute + 0.0).to_bits());
        let key = (time << 64) | (u128::from(self.entries) << 32) | event;
        self.heap.push(key);
        self.rise(self.heap.len() - 1, key);
        self.entries
    }

    /// The earliest event with its minute, taken out.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(f64, Entry, Event)> {
        let first = *self.heap.first()?;
        let last = self.heap.pop()?;
        if !self.heap.is_empty() {
            self.sink(last);
        }
        let index = (first as u32) & ((1 << INDEX_BITS) - 1);
        let event = match (first as u32) >> INDEX_BITS {
            0 => Event::Arrival(index),
            1 => Event::Done(index),
            2 => Event::Leave(index),
            3 => Event::Shift(index),
            _ => Event::Booked(index),
        };
        Some((
            f64::from_bits((first >> 64) as u64),
            (first >> 32) as u32,
            event,
        ))
    }

    #[inline]
    fn rise(&mut self, mut place: usize, key: u128) {
        while place > 0 {
            let parent = (place - 1) / CHILDREN;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[place] = self.heap[parent];
            place = parent;
        }
        self.heap[place] = key;
    }

    /// Puts a key in at the top and lets it sink to its place.
    #[inline]
    fn sink(&mut self, key: u128) {
        let mut place = 0;
        loop {
            let first = place * CHILDREN + 1;
            let Some(children) = self.heap.get(first..) else {
                break;
            };
            let near = children.iter().take(CHILDREN).enumerate();
            let Some((offset, &least)) = near.min_by_key(|child| child.1) else {
                break;
            };
            if key <= least {
                break;
            }
            self.heap[place] = least;
            place = first + offset;
        }
        self.heap[place] = key;
    }
}

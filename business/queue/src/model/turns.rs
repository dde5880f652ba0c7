//! Whose turn it is to take the next customer who asks for nobody by name.

use kernel::Timestamp;
use kernel::ids::StaffId;

/// Somebody on shift, as the list of turns sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub staff: StaffId,
    /// When the shift began.
    pub on_since: Timestamp,
    /// When they took their latest turn today.
    pub last: Option<Timestamp>,
    /// How many turns they took today.
    pub count: i64,
    /// What they do just now.
    pub state: TurnState,
}

/// What somebody on shift does just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnState {
    /// Can take the next customer.
    Free,
    /// Serves, for about so many minutes yet.
    Serving {
        /// Standard minutes left.
        minutes_left: i64,
    },
    /// Kept for a booked customer, for so many minutes yet.
    Booked {
        /// Minutes left of what is booked.
        minutes_left: i64,
    },
    /// Has a break until the time they said.
    Break {
        /// Since when.
        since: Timestamp,
        /// Until when, as announced.
        until: Timestamp,
    },
}

impl Turn {
    /// Whether they can take the next customer.
    pub fn is_free(&self) -> bool {
        self.state == TurnState::Free
    }
}

/// Puts people into the order of their turns: whoever had none today first, in the order their
/// shifts began; then whoever has waited longest since the last one. A break keeps the place.
pub fn in_order(mut turns: Vec<Turn>) -> Vec<Turn> {
    turns.sort_by_key(|turn| (turn.last, turn.on_since, turn.staff));
    turns
}

/// The next free person by turn among those who can do the job.
pub fn next_free(turns: &[Turn], can: impl Fn(StaffId) -> bool) -> Option<StaffId> {
    let free = turns.iter().filter(|turn| turn.is_free());
    free.map(|turn| turn.staff).find(|staff| can(*staff))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(letter: char, on_since: i64, last: Option<i64>, state: TurnState) -> Turn {
        let at = |minute: i64| Timestamp::from_second(minute * 60).expect("a small number");
        let id = format!("018f0000-0000-7000-8000-00000000000{letter}");
        Turn {
            staff: id.parse().expect("a literal id"),
            on_since: at(on_since),
            last: last.map(at),
            count: i64::from(last.is_some()),
            state,
        }
    }

    fn letters(turns: &[Turn]) -> String {
        let last = |turn: &Turn| turn.staff.to_string().pop();
        turns.iter().filter_map(last).collect()
    }

    #[test]
    fn whoever_waited_longest_is_next_and_a_break_keeps_the_place() {
        let pause = TurnState::Break {
            since: Timestamp::UNIX_EPOCH,
            until: Timestamp::UNIX_EPOCH,
        };
        let turns = in_order(vec![
            turn('a', 0, Some(50), TurnState::Free),
            turn('b', 0, Some(30), pause),
            turn('c', 60, None, TurnState::Free),
            turn('d', 10, None, TurnState::Serving { minutes_left: 5 }),
        ]);
        assert_eq!(letters(&turns), "dcba");
        let next = next_free(&turns, |_| true).expect("two are free");
        assert_eq!(next, turns[1].staff, "d serves");
        let other = next_free(&turns, |staff| staff != next);
        assert_eq!(other, Some(turns[3].staff), "b has a break");
        assert_eq!(next_free(&turns, |_| false), None);
    }
}

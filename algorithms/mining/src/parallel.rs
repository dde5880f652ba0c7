//! Work shared among threads by cases.

use std::ops::Range;
use std::thread;

use crate::EventLog;

/// Runs of cases with about equally many events, one for each thread.
pub(crate) fn shares(log: &EventLog, threads: usize) -> Vec<Range<usize>> {
    let threads = threads.clamp(1, log.case_count().max(1));
    let bound = |share: usize| {
        if share == threads {
            return log.case_count();
        }
        let events = (log.event_count() as u64 * share as u64 / threads as u64) as u32;
        log.offsets.partition_point(|&offset| offset < events)
    };
    (0..threads)
        .map(|share| bound(share)..bound(share + 1))
        .collect()
}

/// Gives each item a thread of its own and collects the answers in order.
pub(crate) fn each<I, T, F>(items: Vec<I>, work: F) -> Vec<T>
where
    I: Send,
    T: Send,
    F: Fn(I) -> T + Sync,
{
    if items.len() == 1 {
        return items.into_iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let running: Vec<_> = items
            .into_iter()
            .map(|item| scope.spawn(move || work(item)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("a share does not panic"))
            .collect()
    })
}

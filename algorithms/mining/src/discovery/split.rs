//! Splitting a log along a cut.

use std::collections::{BTreeMap, HashMap};

use super::Log;
use super::cut::{Cut, Kind};

/// Equal traces joined, in order of their activities.
pub fn joined(log: Log) -> Log {
    let mut rows: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    for (trace, cases) in log {
        *rows.entry(trace).or_default() += cases;
    }
    rows.into_iter().collect()
}

/// One log per part of the cut. Events that the cut has no place for are left out, which happens
/// only after rare neighbours were left out of the graph.
pub fn along(log: &Log, cut: &Cut) -> Vec<Log> {
    let part: HashMap<u32, usize> = cut
        .parts
        .iter()
        .enumerate()
        .flat_map(|(part, members)| members.iter().map(move |&member| (member, part)))
        .collect();
    let mut logs = vec![Log::new(); cut.parts.len()];
    for (trace, cases) in log {
        let parts: Vec<usize> = trace.iter().map(|activity| part[activity]).collect();
        match cut.kind {
            Kind::Choice => choose(trace, &parts, *cases, &mut logs),
            Kind::Sequence => sequence(trace, &parts, *cases, &mut logs),
            Kind::Parallel => {
                for (number, log) in logs.iter_mut().enumerate() {
                    log.push((of_part(trace, &parts, number), *cases));
                }
            }
            Kind::Loop => turns(trace, &parts, *cases, &mut logs),
        }
    }
    logs
}

fn of_part(trace: &[u32], parts: &[usize], number: usize) -> Vec<u32> {
    let members = trace.iter().zip(parts).filter(|(_, part)| **part == number);
    members.map(|(&activity, _)| activity).collect()
}

/// The whole trace goes to the part that has most of it.
fn choose(trace: &[u32], parts: &[usize], cases: u64, logs: &mut [Log]) {
    let count = |number: &usize| parts.iter().filter(|&part| part == number).count();
    // The first of equals: `max_by_key` would take the last.
    if let Some(number) = (0..logs.len()).rev().max_by_key(count) {
        logs[number].push((of_part(trace, parts, number), cases));
    }
}

/// Each part gets a stretch; the next begins where fewest events are out of place. Events of
/// earlier parts are out of place in any later one, so they do not count.
fn sequence(trace: &[u32], parts: &[usize], cases: u64, logs: &mut [Log]) {
    let mut begin = 0;
    let count = logs.len();
    for (number, log) in logs.iter_mut().enumerate() {
        let end = if number + 1 == count {
            trace.len()
        } else {
            stretch(parts, number, begin)
        };
        log.push((
            of_part(&trace[begin..end], &parts[begin..end], number),
            cases,
        ));
        begin = end;
    }
}

/// Where the stretch of a part that begins at `begin` ends: fewest events of later parts inside and
/// members behind it; the shortest such.
fn stretch(parts: &[usize], number: usize, begin: usize) -> usize {
    let mut wrong = parts[begin..]
        .iter()
        .filter(|&&part| part == number)
        .count();
    let (mut best, mut fewest) = (begin, wrong);
    for (at, &part) in parts.iter().enumerate().skip(begin) {
        if part == number {
            wrong -= 1;
        } else if part > number {
            wrong += 1;
        }
        if wrong < fewest {
            (best, fewest) = (at + 1, wrong);
        }
    }
    best
}

/// Stretches of the body and of the other parts in turn; an empty body stands between two others.
fn turns(trace: &[u32], parts: &[usize], cases: u64, logs: &mut [Log]) {
    let mut last = None;
    let mut at = 0;
    for same in parts.chunk_by(|a, b| a == b) {
        let part = same[0];
        if part != 0 && last != Some(0) {
            logs[0].push((Vec::new(), cases));
        }
        logs[part].push((trace[at..at + same.len()].to_vec(), cases));
        at += same.len();
        last = Some(part);
    }
    if last != Some(0) {
        logs[0].push((Vec::new(), cases));
    }
}

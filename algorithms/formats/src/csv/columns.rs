//! Which column is which.

use crate::FormatError;

/// Names of the columns that make a log; what is not named is recognised by usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// What tells cases apart.
    pub case: Option<String>,
    /// What was done.
    pub activity: Option<String>,
    /// When it happened or began.
    pub start: Option<String>,
    /// When it ended.
    pub end: Option<String>,
}

/// Usual names, the most telling first, in lower case with spaces for `_`, `-` and `.`.
const CASE: [&str; 22] = [
    "case:concept:name",
    "case id",
    "caseid",
    "case",
    "case number",
    "trace",
    "trace id",
    "process instance",
    "service id",
    "ticket id",
    "ticket",
    "order id",
    "order",
    "incident id",
    "session id",
    "id",
    "案例",
    "工单号",
    "订单号",
    "单号",
    "编号",
    "case key",
];
const ACTIVITY: [&str; 14] = [
    "concept:name",
    "activity",
    "activity name",
    "task",
    "operation",
    "event",
    "step",
    "action",
    "event name",
    "status",
    "活动",
    "环节",
    "步骤",
    "操作",
];
const START: [&str; 13] = [
    "start timestamp",
    "start time",
    "start date",
    "start",
    "started",
    "started at",
    "begin",
    "begin time",
    "start datetime",
    "开始时间",
    "开始",
    "time:start",
    "starttime",
];
const END: [&str; 22] = [
    "time:timestamp",
    "complete timestamp",
    "end timestamp",
    "end time",
    "end date",
    "end",
    "ended",
    "finished at",
    "completed at",
    "complete time",
    "end datetime",
    "endtime",
    "timestamp",
    "datetime",
    "event time",
    "time",
    "date",
    "结束时间",
    "完成时间",
    "时间",
    "日期",
    "结束",
];

/// Indices of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub case: usize,
    pub activity: usize,
    pub start: usize,
    pub end: Option<usize>,
    pub others: Vec<usize>,
}

impl Places {
    /// The columns with times, the start first.
    pub fn times(&self) -> impl Iterator<Item = usize> + use<> {
        std::iter::once(self.start).chain(self.end)
    }
}

impl Columns {
    /// Finds the columns in a header.
    pub fn find(&self, header: &[String]) -> Result<Places, FormatError> {
        let case = named(&self.case, header)?.or_else(|| usual(header, &CASE));
        let activity = named(&self.activity, header)?.or_else(|| usual(header, &ACTIVITY));
        let mut start = named(&self.start, header)?;
        let mut end = named(&self.end, header)?;
        if start.is_none() && end.is_none() {
            start = usual(header, &START);
            end = usual(header, &END);
        }
        // One time alone is the time of the event.
        let (start, end) = match (start, end) {
            (None, single) => (single, None),
            both => both,
        };
        let case = needed(case, "case", header)?;
        let activity = needed(activity, "activity", header)?;
        let start = needed(start, "time", header)?;
        let used = [Some(case), Some(activity), Some(start), end];
        let others = (0..header.len())
            .filter(|&place| !used.contains(&Some(place)))
            .collect();
        Ok(Places {
            case,
            activity,
            start,
            end: end.filter(|&end| end != start),
            others,
        })
    }
}

fn named(name: &Option<String>, header: &[String]) -> Result<Option<usize>, FormatError> {
    let Some(name) = name else { return Ok(None) };
    let exact = header.iter().position(|column| column == name);
    let loose = || {
        header
            .iter()
            .position(|column| plain(column) == plain(name))
    };
    exact.or_else(loose).map(Some).ok_or_else(|| {
        FormatError::row(
            1,
            format!("no column {name:?}; the columns are {}", list(header)),
        )
    })
}

fn usual(header: &[String], names: &[&str]) -> Option<usize> {
    names
        .iter()
        .find_map(|name| header.iter().position(|column| plain(column) == *name))
}

fn needed(place: Option<usize>, role: &str, header: &[String]) -> Result<usize, FormatError> {
    place.ok_or_else(|| {
        let problem = format!(
            "no column is recognised as the {role}; name the {role} column, one of {}",
            list(header)
        );
        FormatError::row(1, problem)
    })
}

fn list(header: &[String]) -> String {
    const SHOWN: usize = 30;
    let mut shown: Vec<String> = header
        .iter()
        .take(SHOWN)
        .map(|name| format!("{name:?}"))
        .collect();
    if header.len() > SHOWN {
        shown.push(format!("and {} more", header.len() - SHOWN));
    }
    shown.join(", ")
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', '-', '.'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn usual_names_are_recognised_and_the_rest_are_attributes() {
        let header = header(&["Service ID", "Operation", "Start Date", "End Date", "Agent"]);
        let found = Columns::default().find(&header).unwrap();
        let expected = Places {
            case: 0,
            activity: 1,
            start: 2,
            end: Some(3),
            others: vec![4],
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_column_that_is_not_there_is_refused_with_those_that_are() {
        let columns = Columns {
            case: Some("Case".into()),
            ..Columns::default()
        };
        let error = columns.find(&header(&["a", "b"])).unwrap_err().to_string();
        assert_eq!(
            error,
            "row 1: no column \"Case\"; the columns are \"a\", \"b\""
        );
    }
}

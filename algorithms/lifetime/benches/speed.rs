//! How fast customer bases are read and fitted: `cargo bench -p lifetime --bench speed`.
//!
//! Prints wall and CPU time, as the machine may be busy with other work. With
//! `LIFETIMES_PYTHON` set to a Python that has the package `lifetimes`, the same work is given to
//! it in the same run.

#[path = "../tests/it/dice.rs"]
mod dice;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use dice::Dice;
use lifetime::{
    Base, Customer, Day, GammaGamma, Kind, Model, Purchase, Summary, Window, calibration_table,
    summarise,
};

const CUSTOMERS: u32 = 1_000_000;
const PURCHASES: usize = 3_000_000;
/// Days that customers are watched: they first buy in the first quarter of it.
const DAYS: i32 = 546;

fn main() {
    let cdnow = cdnow();
    println!("CDNOW, {} customers", cdnow.customers.len());
    for kind in Kind::ALL {
        measured(
            &format!("  {kind}, histories to standard errors"),
            50,
            || fit(kind, &cdnow.customers),
        );
    }
    measured("  Gamma-Gamma", 50, || {
        GammaGamma::fit(&cdnow.customers).expect("it has a peak")
    });
    measured("  BG/NBD, 200 bootstrap fits", 1, || {
        let base = Base::new(&cdnow.customers).expect("CDNOW is sound");
        base.bootstrap(&base.fit(Kind::BgNbd).expect("it has a peak"), 200, 1)
    });

    let purchases = purchases();
    println!(
        "{} purchases of {CUSTOMERS} customers, as a till writes them",
        purchases.len()
    );
    let window = Window::up_to(purchases[PURCHASES - 1].day, 7.0);
    let summary = measured("  summary", 3, || {
        summarise(&purchases, &window).expect("sound")
    });
    let base = Base::new(&summary.customers).expect("they came back");
    println!("  {} different histories", base.histories());
    for kind in Kind::ALL {
        measured(
            &format!("  {kind}, histories to standard errors"),
            1,
            || fit(kind, &summary.customers),
        );
    }
    let exact = by_the_second();
    measured("  BG/NBD, no two histories alike", 1, || {
        fit(Kind::BgNbd, &exact)
    });
    let model = fit(Kind::BgNbd, &summary.customers);
    measured("  BG/NBD, P(alive) and a year ahead for all", 1, || {
        foretell(&model, &summary)
    });
    measured("  BG/NBD, calibration table", 1, || {
        calibration_table(&model, &summary.customers, &summary.later, 52.0, 7)
    });
    if let Some(python) = std::env::var_os("LIFETIMES_PYTHON") {
        peer(Path::new(&python), &cdnow, &summary, &purchases);
    }
}

fn fit(kind: Kind, customers: &[Customer]) -> Model {
    let base = Base::new(customers).expect("they came back");
    base.fit(kind).expect("it has a peak").model
}

fn foretell(model: &Model, summary: &Summary) -> f64 {
    let told = summary.customers.iter();
    told.map(|one| model.p_alive(one) + model.expected(one, 52.0))
        .sum()
}

fn cdnow() -> Summary {
    let text = include_str!("../tests/data/cdnow_transactions.csv");
    let row = |line: &str| -> Option<Purchase> {
        let cells: Vec<&str> = line.split(',').collect();
        let date: Vec<i32> = cells[1].split('-').flat_map(str::parse).collect();
        Some(Purchase {
            customer: cells[0].parse::<u32>().ok()? - 1,
            day: Day::new(date[0], date[1], date[2])?,
            spend: cells[3].parse().ok()?,
        })
    };
    let purchases: Vec<Purchase> = text.lines().skip(1).flat_map(row).collect();
    let window = Window {
        calibration_end: Day::new(1997, 9, 30).expect("a date"),
        observed_to: Day::new(1998, 6, 30).expect("a date"),
        unit_days: 7.0,
    };
    summarise(&purchases, &window).expect("CDNOW is sound")
}

/// Purchases in order of time, customers in no order: rates that make about three each.
fn purchases() -> Vec<Purchase> {
    let model = Model::new(Kind::BgNbd, &[0.6, 50.0, 0.8, 2.8]).expect("positive");
    let mut dice = Dice(1);
    let mut rows = Vec::with_capacity(PURCHASES);
    for customer in 0..CUSTOMERS {
        // A factor without 2 and 5 visits every number below a million once.
        let customer = (u64::from(customer) * 610_639 % u64::from(CUSTOMERS)) as u32;
        let first = (dice.share() * f64::from(DAYS / 4)) as i32;
        let mut visit = |day: i32, dice: &mut Dice| {
            let (day, spend) = (Day(day), 10.0 + (dice.share() * 5000.0).floor() / 100.0);
            rows.push(Purchase {
                customer,
                day,
                spend,
            });
        };
        visit(first, &mut dice);
        for time in dice.visits(&model, f64::from(DAYS - first)) {
            visit(first + time as i32, &mut dice);
        }
    }
    rows.sort_by_key(|row| row.day);
    assert!(
        rows.len() > PURCHASES,
        "the rates make too few purchases: {}",
        rows.len()
    );
    rows.truncate(PURCHASES);
    rows
}

/// Customers whose times are told to the second, so that none are alike.
fn by_the_second() -> Vec<Customer> {
    let model = Model::new(Kind::BgNbd, &[0.6, 9.0, 0.8, 2.8]).expect("positive");
    let mut dice = Dice(2);
    let ages = (0..CUSTOMERS)
        .map(|_| dice.share() * 20.0 + 58.0)
        .collect::<Vec<f64>>();
    ages.into_iter()
        .map(|age| dice.customer(&model, age))
        .collect()
}

/// CPU time of this process, in milliseconds: fields 14 and 15 of `/proc/self/stat`, in hundredths
/// of a second.
fn cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or("").split_whitespace();
    after_name
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        * 10.0
}

fn measured<T>(what: &str, rounds: u32, mut work: impl FnMut() -> T) -> T {
    let (began, cpu) = (Instant::now(), cpu_ms());
    for _ in 1..rounds {
        black_box(work());
    }
    let result = black_box(work());
    let each = |total: f64| total / f64::from(rounds);
    let wall = each(began.elapsed().as_secs_f64() * 1000.0);
    println!(
        "{what:<48} {wall:>10.2} ms wall {:>10.2} ms CPU",
        each(cpu_ms() - cpu)
    );
    result
}

const PEER: &str = "
import sys, time, warnings
warnings.filterwarnings('ignore')
import pandas as pd
from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter, GammaGammaFitter
from lifetimes.utils import summary_data_from_transaction_data as summary
def measured(what, rounds, work):
    cpu = time.process_time()
    for _ in range(rounds): work()
    each = (time.process_time() - cpu) / rounds * 1000
    print(f'  lifetimes: {what:<40} {each:10.2f} ms CPU', flush=True)
folder = sys.argv[1]
small, large = (pd.read_csv(f'{folder}/{name}.csv') for name in ('cdnow', 'large'))
fit = lambda fitter, data: fitter().fit(data.x, data.t_x, data['T'])
measured('CDNOW BG/NBD', 5, lambda: fit(BetaGeoFitter, small))
measured('CDNOW MBG/NBD', 5, lambda: fit(ModifiedBetaGeoFitter, small))
measured('CDNOW Pareto/NBD', 2, lambda: fit(ParetoNBDFitter, small))
back = small[(small.x > 0) & (small.m > 0)]
measured('CDNOW Gamma-Gamma', 5, lambda: GammaGammaFitter().fit(back.x, back.m))
measured('1,000,000 customers BG/NBD', 1, lambda: fit(BetaGeoFitter, large))
rows = pd.read_csv(f'{folder}/rows.csv')
rows['day'] = pd.Timestamp('2020-01-01') + pd.to_timedelta(rows.day, unit='D')
measured('summary of 3,000,000 purchases', 1, lambda: summary(rows, 'customer', 'day', 'spend'))
";

/// The same work by the Python package; its reading of files is not in its times.
fn peer(python: &Path, cdnow: &Summary, large: &Summary, purchases: &[Purchase]) {
    let folder = std::env::temp_dir().join("lifetime-speed");
    std::fs::create_dir_all(&folder).expect("a folder for the files of the peer");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file for the peer");
    };
    let histories = |summary: &Summary| {
        let mut text = String::from("x,t_x,T,m\n");
        for one in &summary.customers {
            let Customer {
                repeats,
                recency,
                age,
                mean_spend,
            } = one;
            writeln!(text, "{repeats},{recency},{age},{mean_spend}").expect("it is a String");
        }
        text
    };
    write("cdnow.csv", &histories(cdnow));
    write("large.csv", &histories(large));
    let mut rows = String::from("customer,day,spend\n");
    for row in purchases {
        writeln!(rows, "{},{},{}", row.customer, row.day.0, row.spend).expect("it is a String");
    }
    write("rows.csv", &rows);
    let ended = Command::new(python)
        .args(["-c", PEER])
        .arg(&folder)
        .status();
    if !ended.is_ok_and(|status| status.success()) {
        println!("the peer could not be measured");
    }
    // Left behind, the files would only take up room.
    let _ = std::fs::remove_dir_all(&folder);
}

//! `steward lab erlang`.

use std::io::Write;

use queueing::erlang::{Delay, Queue};
use queueing::staffing::{Demand, Target, servers_for};
use queueing::{Unusable, approximation};
use serde_json::{Map, Value, json};

use crate::{Failure, table};

/// `steward lab erlang`. All rates are per one time unit, and waits come in the same unit.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// How many servers there are.
    #[arg(long, value_name = "C")]
    pub servers: u32,
    /// Arrivals per time unit (λ).
    #[arg(long, value_name = "L")]
    pub arrival: f64,
    /// Services per time unit of one busy server (μ).
    #[arg(long, value_name = "M")]
    pub service: f64,
    /// 1 / mean patience (θ): adds what happens when those who wait may leave.
    #[arg(long, value_name = "T")]
    pub patience_rate: Option<f64>,
    /// A wait: adds the shares of customers below and above it.
    #[arg(long, value_name = "T")]
    pub within: Option<f64>,
    /// Standard deviation / mean of the service times: adds the M/G/c approximation.
    #[arg(long, value_name = "CV")]
    pub service_cv: Option<f64>,
    /// A share of customers to answer within --within: adds the servers that it needs.
    #[arg(long, value_name = "SHARE", requires = "within")]
    pub answer_share: Option<f64>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Waiting, loss and abandonment by formula.
pub fn run(args: &Args) -> Result<(), Failure> {
    let answer = answer(args)?;
    // Whoever reads may have seen enough (`| head`): that is no failure.
    let _ = writeln!(std::io::stdout(), "{answer}");
    Ok(())
}

/// What the command prints.
///
/// # Errors
/// A line that names the number which no queue can have.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let figures = figures(args).map_err(|refusal| Failure(refusal.to_string()))?;
    Ok(if args.json {
        format!("{figures:#}")
    } else {
        table::nested(&figures)
    })
}

fn figures(args: &Args) -> Result<Value, Unusable> {
    let queue = Queue::new(args.servers, args.arrival, args.service)?;
    if let Some(within) = args.within
        && !(within >= 0.0 && within.is_finite())
    {
        return Err(Unusable {
            what: "limit of the wait",
            value: within,
            allowed: "give a finite number of at least 0",
        });
    }
    let loss = queue.loss();
    let mut figures = json!({
        "offered_load": queue.offered_load(),
        "rho": queue.utilisation(),
        "erlang_b": {"p_block": loss.p_block, "carried_load": loss.carried_load},
        "erlang_c": queue.delay().map_or(json!({"stable": false}), |d| delay(&d, args.within)),
    });
    if let Some(rate) = args.patience_rate {
        figures["erlang_a"] = impatience(&queue, rate, args.within)?;
    }
    if let Some(cv) = args.service_cv {
        let near = approximation::mean_wait(&queue, cv * cv)?;
        figures["general_service"] = near.map_or(json!({"stable": false}), |near| {
            json!({
                "mean_wait": near.mean_wait,
                "mean_queue": near.mean_queue,
                "relative_error_at_most": near.relative_error,
            })
        });
    }
    if let (Some(share), Some(within)) = (args.answer_share, args.within) {
        let demand = Demand {
            arrival_rate: args.arrival,
            service_rate: args.service,
            patience_rate: args.patience_rate,
        };
        let servers = servers_for(&demand, Target::Answered { share, within })?;
        figures["servers_for_answer_share"] = json!(servers);
    }
    Ok(figures)
}

fn delay(delay: &Delay, within: Option<f64>) -> Value {
    let mut figures = json!({
        "stable": true,
        "p_wait": delay.p_wait,
        "mean_wait": delay.mean_wait,
        "mean_wait_given_wait": delay.mean_wait_given_wait,
        "mean_queue": delay.mean_queue,
        "wait_p90": delay.wait_quantile(0.9),
    });
    if let Some(within) = within {
        figures["p_wait_le_T"] = json!(delay.p_wait_within(within));
    }
    figures
}

fn impatience(queue: &Queue, rate: f64, within: Option<f64>) -> Result<Value, Unusable> {
    let seen = queue.impatience(rate)?;
    let mut figures = Map::new();
    let named = [
        ("p_wait", seen.p_wait),
        ("p_abandon", seen.p_abandon),
        ("mean_wait_all", seen.mean_wait_all),
        ("mean_wait_served", seen.mean_wait_served),
        ("mean_queue", seen.mean_queue),
        ("occupancy", seen.occupancy),
        ("p_empty", seen.p_empty),
    ];
    figures.extend(named.map(|(name, figure)| (name.to_owned(), json!(figure))));
    if let Some(within) = within {
        let limits = queue.impatience_within(rate, within)?;
        let named = [
            ("p_answered_within_T", limits.p_answered),
            ("p_wait_gt_T_all", limits.p_wait_beyond_all),
            ("p_offered_wait_gt_T", limits.p_offered_wait_beyond),
        ];
        figures.extend(named.map(|(name, figure)| (name.to_owned(), json!(figure))));
    }
    Ok(Value::Object(figures))
}

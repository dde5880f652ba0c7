//! The program `steward`: its command line and its wiring. No business.

mod admin;
mod cli;
mod config;
mod demo;
mod failure;
mod intake;
mod key;
mod log;
mod neighbours;
mod rooms;
mod safe;
mod sample;
mod server;

use std::process::ExitCode;

use clap::Parser;
use web::{Clock, Room};

use crate::{
    cli::{At, Cli, Command, Demo, Serve},
    config::Settings,
    failure::Failure,
    log::Log,
    server::Plan,
};

/// An order makes and drops thousands of small texts, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) if !told.use_stderr() => told.exit(),
        Err(told) => return misspelt(&told),
    };
    // A panic is a fault of ours: it goes to the log in one line, and the caller gets an answer.
    std::panic::set_hook(Box::new(|info| tracing::error!("panic: {info}")));
    let rooms = rooms::rooms();
    web::install_texts(&rooms);
    rooms::wire(&rooms);
    match run(cli, &rooms) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("steward: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// A command line that cannot be read: the first line says what is wrong with it.
fn misspelt(told: &clap::Error) -> ExitCode {
    let words = told.to_string();
    let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let what = lines.next().unwrap_or_default();
    // What is missing, or what it may be, stands on the next line.
    let more = lines.next().filter(|_| what.ends_with(':'));
    let what = what.trim_start_matches("error: ");
    eprintln!(
        "steward: {}; see steward --help",
        [what, more.unwrap_or_default()].join(" ").trim()
    );
    ExitCode::from(2)
}

fn run(cli: Cli, rooms: &[Room]) -> Result<(), Failure> {
    let settings = Settings::read(cli.config.as_deref())?;
    let collector = match &cli.command {
        Command::Serve(serve) => settings.collector(&serve.listen)?,
        Command::Demo(demo) => settings.collector(&demo.listen)?,
        _ => None,
    };
    let log = Log::begin(collector)?;
    let ended = act(cli.command, &settings, (&log, rooms));
    log.end();
    ended
}

fn act(
    command: Command,
    settings: &Settings,
    (log, rooms): (&Log, &[Room]),
) -> Result<(), Failure> {
    match command {
        Command::Demo(demo) => run_demo(settings, demo, (log, rooms)),
        Command::Serve(serve) => run_serve(settings, &serve, (log, rooms)),
        Command::Init(init) => admin::init(settings, init, rooms),
        Command::User(user) => admin::user(settings, user.action, rooms),
        Command::Token(token) => admin::token(settings, token.action, rooms),
        Command::Import(import) => intake::import(settings, import, rooms),
        Command::Export(export) => intake::export(settings, &export, rooms),
        Command::Migrate(at) => admin::migrate(&settings.target(&at)?, rooms),
        Command::Lab(command) => lab::run(command.action).map_err(|stop| Failure(stop.0)),
        Command::Backup(asked) => safe::back_up(settings, &asked),
        Command::Restore(asked) => safe::restore(settings, &asked, rooms),
        Command::Drill(asked) => safe::drill(settings, &asked, rooms),
        Command::Verify(at) => admin::verify(settings, &at, rooms),
        Command::Reindex(at) => admin::reindex(&settings.target(&at)?, rooms),
        Command::Version => {
            println!("steward {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
    }
}

fn run_serve(
    settings: &Settings,
    serve: &Serve,
    (log, rooms): (&Log, &[Room]),
) -> Result<(), Failure> {
    let db = rooms::open(&settings.target(&serve.at)?, rooms)?;
    let plan = Plan {
        address: settings.address(&serve.listen),
        metrics: settings.metrics(&serve.listen),
        config: log.told_of(settings.edge(&serve.at, &serve.listen)?),
        clock: Clock::system(),
        lines: Vec::new(),
    };
    server::run(db, rooms, plan)
}

fn run_demo(settings: &Settings, demo: Demo, (log, rooms): (&Log, &[Room])) -> Result<(), Failure> {
    let data = demo.data.unwrap_or_else(|| "steward-demo".into());
    let at = match demo.database {
        Some(url) => At {
            data: None,
            database: Some(url),
            files: Some(data.join("files").display().to_string()),
        },
        None => At {
            data: Some(data),
            database: None,
            files: None,
        },
    };
    let db = rooms::open(&settings.target(&at)?, rooms)?;
    let clock = demo.clock.map_or_else(Clock::system, Clock::running_from);
    let files = settings.place(&at)?;
    demo::ensure(&db, files.as_ref(), clock.now(), demo.past_days)?;
    if demo.build_only {
        return Ok(());
    }
    let lines = vec![
        format!("user: {}", demo::LOGIN),
        format!("password: {}", demo::PASSWORD),
        format!("PIN at a shared computer: {}", demo::PIN),
    ];
    let mut config = log.told_of(settings.edge(&at, &demo.listen)?);
    if let (None, Some(folder)) = (&config.outside.mail_server, &at.data) {
        let outbox = folder.join("outbox");
        std::fs::create_dir_all(&outbox)?;
        config.outside.mail_server = Some(format!("file:{}", outbox.display()));
        config.outside.mail_from = Some(demo::MAIL_FROM.to_owned());
    }
    let plan = Plan {
        address: settings.address(&demo.listen),
        metrics: settings.metrics(&demo.listen),
        config,
        clock,
        lines,
    };
    server::run(db, rooms, plan)
}

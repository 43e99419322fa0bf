//! `touchmap watch`.
//!
//! One thread makes previews, one answers each request. Between them stands the [`Board`]: the
//! last good report of each map, and what is wrong with it now.

mod board;
mod make;
mod preview;
mod prints;
mod serve;

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    sync::{Arc, mpsc},
    time::Duration,
};

use clap::Args;

use super::{
    failure::{Failure, Outcome},
    look::Look,
    selection::{Selection, usage},
    terminal::{say, tell},
};

use board::Board;
use make::Maker;

/// Show the report in the browser, and again whenever a map or its responses are saved.
///
/// While something is wrong, the last good report stays, and the problems stand over it. The
/// preview is served to this machine alone. Ctrl+C ends it.
#[derive(Args, Debug)]
pub(super) struct Watch {
    /// Journey maps.
    #[arg(required = true, value_name = "MAP")]
    maps: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    look: Look,
    /// Open the preview in the browser.
    #[arg(long)]
    open: bool,
    /// Port to serve at [default: 4780, or a free one if that is taken].
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Address to serve at. Any other than the default lets others on the network read the
    /// reports.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

/// Writes of a save that come apart by less are one.
const QUIET: Duration = Duration::from_millis(8);
/// After so long, what has come is looked at, whether or not more comes.
const PATIENCE: Duration = Duration::from_millis(60);
/// How often files are looked at where nothing tells of changes, such as on network drives.
const LOOK: Duration = Duration::from_millis(400);

impl Watch {
    pub(super) fn run(mut self) -> Result<Outcome, Failure> {
        if self.maps.iter().any(|it| it.as_os_str() == "-") {
            return Err(usage("standard input cannot be watched: name a file"));
        }
        self.selection.reading.keep_quotes();
        let board = Arc::new(Board::new(&self.maps));
        let served = serve::start(self.host, self.port, &board)?;
        if !self.host.is_loopback() {
            say("note: whoever reaches this machine can read these reports");
        }
        say(&format!("preview at {served} (Ctrl+C ends it)"));
        let (sender, told) = mpsc::channel();
        let mut makers: Vec<Maker> =
            self.maps.iter().map(|map| Maker::new(map, sender.clone())).collect();
        self.refresh(&mut makers, &board);
        if self.open && open::that_detached(&served).is_err() {
            say(&format!("no browser could be started: open {served} in one"));
        }
        loop {
            // A change, or the time to look whether one was missed.
            if told.recv_timeout(LOOK).is_ok() {
                let begun = std::time::Instant::now();
                while begun.elapsed() < PATIENCE && told.recv_timeout(QUIET).is_ok() {}
            }
            self.refresh(&mut makers, &board);
        }
    }

    /// Makes what is stale.
    fn refresh(&self, makers: &mut [Maker], board: &Board) {
        for (index, maker) in makers.iter_mut().enumerate() {
            if let Some(made) = maker.made(&self.selection, &self.look) {
                tell(&made.line);
                board.show(index, made);
            }
        }
    }
}

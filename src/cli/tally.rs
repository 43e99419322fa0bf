//! `touchmap tally`.

use std::path::PathBuf;

use clap::Args;

use crate::survey::Drivers;

use super::{
    failure::{Failure, Outcome},
    input,
    output::Target,
    reading::Reading,
};

/// Sum up responses into a file that holds no respondent, for others to score.
///
/// `score`, `report`, `draw`, `explain` and `tally` itself take such files with `--from-tally`,
/// several of one map as if all responses had been read at once, to the last bit. Its size
/// depends on the number of touchpoints and waves, and little on that of respondents: with 25
/// touchpoints some 600 KB for a wave of a thousand, and 4 MB for one of millions.
///
/// The file has no ids, no hashes of ids and no order of rows. But it has counts of groups
/// however small, and joint sums of a hundredth of the respondents each: who gets it could see
/// what a group of one or two people answered. With `--suppress` that is left out. Who comes
/// again in another file cannot be seen from two tallies: respondents known from an earlier
/// wave are counted within one run only.
#[derive(Args, Debug)]
pub(super) struct Tally {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// Where to write the tally; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Leave out what tells of fewer respondents than the map's `rules.suppress_below`:
    /// segments so small, with the next-smallest where the missing one could be worked out,
    /// and joint sums of groups so small, which are joined first.
    #[arg(long)]
    suppress: bool,
    /// Leave out the joint sums, which are nearly all of the file: it is then a tenth as
    /// large, and scores can be had from it, but neither importance nor moments of truth.
    #[arg(long, conflicts_with = "from_tally")]
    no_drivers: bool,
}

impl Tally {
    fn drivers(&self) -> Drivers {
        if self.no_drivers { Drivers::Skip } else { Drivers::Tally }
    }

    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let (journey, mut counted) =
            input::counted_responses(&self.map, &self.reading, self.drivers())?;
        if self.suppress {
            counted.suppress(journey.rules.suppress_below);
        }
        let target = Target::new(&self.output);
        let inputs = self.reading.inputs(&journey);
        target.spare(inputs.iter().chain([&self.map]).map(PathBuf::as_path))?;
        let counted = counted.write(self.reading.threads());
        let counted = counted.map_err(|it| Failure::world(it, "cannot write JSON"))?;
        target.write(&counted)?;
        Ok(Outcome::Done)
    }
}

//! Makes the spreadsheet of the guide's tutorial: the responses of `touchmap new --template
//! clinic`, with the headers of somebody else.
//!
//!     touchmap new clinic --template clinic
//!     cargo run --example clinic_export -- clinic/responses docs/guide/src/files/export.xlsx

use std::{env, error::Error, path::Path};

use rust_xlsxwriter::Workbook;

/// Column of the starter, and header of the firm that asked.
const HEADERS: [(&str, &str); 17] = [
    ("respondent", "Respondent ID"),
    ("year", "Year"),
    ("department", "Department"),
    ("age", "Age group"),
    ("booking", "Q1. Booking"),
    ("directions", "Q2. Finding the clinic"),
    ("registration", "Q3. Registration"),
    ("waiting", "Q4. Waiting"),
    ("doctor_listens", "Q5. The doctor listens"),
    ("explanation", "Q6. Explanation of findings"),
    ("tests", "Q7. Tests & imaging"),
    ("payment", "Q8. Bill and payment"),
    ("pharmacy", "Q9. Pharmacy"),
    ("results", "Q10. Results by phone or app"),
    ("follow_up", "Q11. Follow-up"),
    ("overall", "Q12. Overall, how satisfied were you with your visit?"),
    ("recommend", "Q13. How likely are you to recommend us? (0-10)"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(responses), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("give the folder of the responses and the workbook to write".into());
    };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Data")?;
    for (column, (_, header)) in (0..).zip(HEADERS) {
        sheet.write(0, column, header)?;
    }
    let mut row = 1;
    for year in ["2025.csv", "2026.csv"] {
        let mut rows = csv::Reader::from_path(Path::new(&responses).join(year))?;
        let own = rows.headers()?.clone();
        for record in rows.records() {
            let record = record?;
            for (column, (name, _)) in (0..).zip(HEADERS) {
                let at = own.iter().position(|it| it == name).ok_or(name)?;
                let cell = record.get(at).unwrap_or_default();
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number)?,
                    Err(_) => sheet.write(row, column, cell)?,
                };
            }
            row += 1;
        }
    }
    workbook.save(to)?;
    Ok(())
}

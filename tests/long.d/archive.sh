# Goal R9: no single change to an archive or to receipts goes unfound.
about='single changes to an archive and its receipts, each found by verification'
amount_usual=1000000
unit=changes

run_figure() {
  build/release/receipt_changes "$seed" "$amount"
}

/* csv: every step of every trial as one row, and each steady load after them, for spreadsheets and data frames (RFC
 * 4180: comma, CRLF, quotes doubled).
 *
 * One header row; the columns and their order are stable, new ones come at the end. Rows are ordered as the services of
 * the findings, then by trial, then by step; an invalid step may be followed by its repetition, and a service's last
 * row may be its steady load, of the trial that stands for it, which is no step of a number. An empty field is not
 * known. Units stand in the names; times inside a step count from the start of its measured part; shares are 0 … 1;
 * trials and steps count from 1.
 *
 *   scenario, service, language, framework     as given; one that a spreadsheet would run as a formula has a ' in front
 *   trial, step                                1, 2, …
 *   level, level_unit                          what doubles: "requests/s", "connections" or the name of a value
 *   load_rps                                   requests a second: planned (open load) or completed (closed load)
 *   verdict                                    pass, break, invalid
 *   breaches_at_ms                             limits broken, in order of time: "latency=1250;errors=2800"
 *   cause                                      behind a break: cpu, one-thread, …; unknown; empty for a pass
 *   invalid_because                            "send_lag;unsent"
 *   offered, sent, completed, good             requests due, put on the wire, answered, answered well in time
 *   failed_connect … failed_unsent             requests that failed, by kind
 *   offered_rps, completed_rps, good_rps       the same counts by the length of the measured part
 *   mean_ns, p50_ns … p999_ns, max_ns          from the moment due to the last byte; empty: too few samples
 *   censored                                   requests in it that were never answered: counted as "at least so old"
 *   service_p50_ns, service_p99_ns             from the actual send to the last byte
 *   cpu_ns_per_request                         CPU of the service by completed requests
 *   service_cores_used, busiest_thread_share   cores' worth of CPU it used; share of a core its busiest thread used
 *   rss_peak_bytes                             highest resident memory of its processes
 *   exit_status, exit_signal                   how its process ended, where it did
 *   phase                                      ladder, search, soak (a steady load)
 *   memory_bytes_per_s, …_low, …_high          of a steady load: how its memory grew, and the interval of that, of 95 %
 */
#ifndef TWOFOLD_REPORT_DATA_CSV_H
#define TWOFOLD_REPORT_DATA_CSV_H

#include "analysis/finding.h"
#include "base/text.h"

void csv_write(const struct findings *findings, struct text *out);

#endif

/* json: the findings for programs. Stable: keys stay, new ones may be added; `schema` changes when one changes its
 * meaning. Units stand in the keys; null is "not known" or "none"; shares are 0 … 1; trials and steps count from 1;
 * times inside a step count from the start of its measured part.
 *
 *   schema                     1
 *   harness_version, started   of the run; started is UTC
 *   complete                   false: the run was cut short
 *   scenario                   its name; why: its reason; scenario_hash: FNV-1a 64 of its file
 *   seed, trials, profile      as asked for; quick: whether the profile is that one
 *   doubling                   {what: rate | connections | value, level_unit, from, steps}
 *   arrivals                   poisson | even; null for closed load
 *   deadline_ns
 *   limits                     {percentile, latency_ns, error_share, throughput_share, memory_bytes,
 *                              changed_by_reader}; null: not judged
 *   machine                    {cpu, architecture, cores, memory_bytes, swap_bytes, system, kernel, virtualization,
 *                              governor, clocksource, congestion_control, turbo, descriptor_limit, somaxconn,
 *                              load1, steal_share}
 *   cores                      {generator, service: lists of cores; service_count, shared}
 *   calibration                the reference service: {throughput_rps, connections, p50_ns, p99_ns,
 *                              generator_cpu_ns_per_request, service_cpu_ns_per_request, generator_busy_share}; or null
 *   answer                     the one answer of the text report (for people: its words may change)
 *   backends[]                 in the order of the text report: by capacity, highest first; skipped ones last
 *     name, language, framework, class, versions, workers
 *     skipped                  why it took no part; null: it did
 *     distrusted               how its answers do not add up with what the run's database or upstream holds: none of
 * its figures counts then; null: they do, as far as they were audited capacity_rps             requests a second of the
 * last step held below the first break; null: none held capacity_level           what doubles, at that step;
 * capacity_least_level, capacity_most_level: over the trials capacity_low_level, capacity_high_level,
 * capacity_confidence its interval over trials, by their order; null, null and 0: one trial, no interval breaks_at_rps
 * requests a second of the lowest break, of the ladder or the search; null: none seen breaks_at_level          what
 * doubles, at that step trials                   with at least one step not_monotone             a step passed above a
 * break all_invalid              no step says anything breaks[]                 the limits broken in the ladder's first
 * failing step, in order of time; empty: nothing broke limit                  latency | errors | throughput | memory |
 * growth | queue | crash load_rps, level        of the step at_ms                  the end of the first interval in
 * which it was broken; of equal ones neither was first cause, evidence        of the step: what was behind it, and the
 * figures that say so {key with its unit: number} cause_in_words         for people; null: the figures name no cause
 *       second_cause           what the figures allow as well; null: nothing
 *       observed, allowed      in `unit`: ns | share | bytes | bytes_per_second | requests | null
 *       of                     all | served | refused: the requests that broke it, where those that are to be refused
 * (a 4xx) or the others broke it by themselves sentence                 what the text report says of it (for people)
 *     steps[]                  by trial, then step; an invalid one may be followed by its repetition
 *       trial, step, level, level_unit
 *       phase                  ladder | search: between the highest load that held and the lowest that did not
 *       load_rps               planned (open load) or completed (closed load)
 *       verdict                pass | break | invalid
 *       breaks[]               as above, of this step
 *       invalid_because[]      send_lag | generator_busy | starved | opening | unsent | little | foreign | no_requests
 *       offered, sent, completed, good
 *       failures               {connect, reset, timeout, status, body, protocol, unanswered, unsent}
 *       offered_rps, completed_rps, good_rps
 *       mean_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns
 *                              response time; null: too few samples
 *       p99_low_ns, p99_high_ns
 *                              its 95 % interval, from how much the intervals of the step differ
 *       censored               requests in it that were never answered, counted as "at least so old"
 *       service_p50_ns, service_p99_ns
 *                              from the actual send
 *       cpu_ns_per_request, service_cores_used, service_cpu_share, busiest_thread_share, rss_peak_bytes
 *       kernel_receive_cores   irq and softirq on the service's cores: packets received; sampling_share: of one core,
 * what reading the host cost death                  null, or {exit_status, signal, output} requests[]             by
 * kind, as the scenario names them: {name, wanted: served | refused (a 4xx is expected), offered, sent, completed,
 * good, failed, failures as above, p50_ns, p99_ns}; one that was never sent is of no kind; empty: the run log does not
 * tell them apart forecast                 of the next doubling, made before each step of the ladder; null: no base for
 * any errors                 {cpu, thread, memory, dependency_cpu, dependency_places, latency, in_flight: {steps,
 *                              median_error: |expected - happened| / happened} or null}
 *       visible                when the break could be seen coming: {steps_before, level, signal, in_spikes, seen,
 * limit, expected}; in_spikes: seen and expected while its traffic was raised; steps_before 0 and the rest null: not at
 * all; null: nothing broke, or too early to ask. In cores (cpu), share of a core (thread), bytes, share of its cores
 * (dependency_cpu), calls or sessions at work at a time (dependency_places), ns of p99, requests next what would break
 * at twice the ladder's last step, where nothing broke: {level, signal, expected, limit}; breaks: whether beyond that
 * limit; or null recovery                 under the first step's load, right after the ladder: {recovered, after_ms,
 * within_ms, died, idle_bytes, first_step_bytes, highest_bytes, held_bytes}; null: not measured soak a steady load at a
 * share of what it held, after everything else; null: none was run. The keys of a step but step and phase, and
 *       measured_ns            for how long it was judged
 *       memory_start_bytes, memory_end_bytes
 *                              held in its first interval and in its last, pages that processes share once
 *       memory_bytes_per_s     the slope of memory over its intervals; memory_bytes_per_s_low, memory_bytes_per_s_high:
 * its interval of 95 %, null: too few intervals for one memory_rises           whether that interval is above 0;
 * memory_levels_off: it rose, and nearly all of it early memory_limit_after_s   until the limit on memory, if it went
 * on like that; null: it does not, or there is none idle_rss_bytes, cold_start_ns, first_request_ns, artifact_bytes,
 * dependencies, build_ns, source_lines scores                   {critical_capacity_level: the geometric mean of
 * capacity_levels_by_p99 {10ms, 25ms, 50ms, 100ms, 250ms}: what it holds under these p99 limits; doublings of the first
 * step's load; cpu_ns_per_request at common_level; good_rps_per_core, good_rps_per_100mb at its capacity;
 *                              memory_bytes_per_connection where connections double}; null: the run does not tell
 *   common_level               the highest level of the ladder that every service holds; null: none
 *   comparisons[]              each two services over blocks of trials: {first, second, figure: capacity | cpu | p99 (the
 *                              last two at common_level), ratio: of first to second, low, high, confidence, trials,
 *                              difference: seen | not seen | too few trials}; low and high null: no interval
 *   ranking                    who holds more than whom, by the one rule that the answer, the comparisons of capacity and
 *                              the overview follow: {first: names of the services that break first; longest: of those
 *                              that hold longest; leader: the service above all others, or null; services[]: {name,
 *                              above: names of those it holds more than, alike: of those it is not told apart from}, of
 *                              each that was judged}
 *   warnings[]                 {kind: generator | machine | skipped | audit | run, text, command: that mends it, or null} */
#ifndef TWOFOLD_REPORT_DATA_JSON_H
#define TWOFOLD_REPORT_DATA_JSON_H

#include "analysis/finding.h"
#include "base/text.h"

#include <jansson.h>

/* The object described above: a new reference. */
json_t *json_findings(const struct findings *findings);

/* Append it, indented, with a line end behind it. */
void json_write_findings(const struct findings *findings, struct text *out);

#endif

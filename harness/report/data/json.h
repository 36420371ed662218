/* json: the findings of a run for programs. The format is stable: keys may be added, and `schema` changes when a key
 * goes or changes its meaning. Every key has its unit in it. null means "not known" or "none". Shares go from 0 to 1.
 * Trials and steps count from 1. Times inside a step count from the start of its measured part.
 *
 *   schema                     2
 *   harness_version, started   of the run; started is in UTC
 *   built                      the commit, libraries and options of the program that measured; only where the run log
 *                              has them
 *   complete                   false: the run was cut short
 *   cut_short_because          why, in words; null: it is complete
 *   scenario                   its name; why: what it is for; scenario_hash: FNV-1a 64 of its text
 *   overridden                 what the command line set in it: "double.from=100 limits.p99=20ms"; null: nothing
 *   seed, trials, profile      as asked for; quick: the profile is "quick"
 *   doubling                   {what: rate | connections | open_connections | slow_connections | sessions | subscribers
 *                              | value, level_unit, from, steps}; the unit of a level of sessions is users/s
 *   arrivals                   poisson | even; null for closed load
 *   deadline_ns
 *   limits                     {percentile, latency_ns, error_share, throughput_share, memory_bytes,
 *                              changed_by_reader}; null: not judged. errors_by_default: the scenario names no
 *                              error_share. requests[]: those of single requests, where there are any: {request,
 *                              percentile, latency_ns, error_share}
 *   machine                    {cpu, architecture, cores, memory_bytes, swap_bytes, system, kernel, virtualization,
 *                              governor, clocksource, congestion_control, turbo, file_descriptor_limit, somaxconn,
 *                              load1, steal_share}
 *   cores                      {generator, service: lists of cores; service_count, shared, box: what each service may
 *                              use, "cpus=0.5,memory=256MiB" or several boxes such as "cpus=0.25,0.5", null: nothing
 *                              is limited; the reference service is never in a box}
 *   generators[]               of a fleet: {rank, host, cores, threads, cpu, kernel, loads[]: what it did in the last
 *                              step that held and in the first break of each service: {backend, level, held, offered,
 *                              sent, completed, p99_ns, send_lag_p99_ns, busy_share, starved_share, late_ns: after the
 *                              agreed start, clock_error_ns, round_trip_ns: bare, to the service's host; null: not
 *                              measured, gather_ns: until the leader had its record}}; no such key where one process
 *                              sent all load
 *   calibration                of the reference service: {throughput_rps, connections, p50_ns, p99_ns,
 *                              generator_cpu_ns_per_request, service_cpu_ns_per_request, generator_busy_share,
 *                              disturbed: others took from it, round_trip_ns: the bare one of the network from the
 *                              farthest generator of a fleet; no such key in one process}; null: there was none
 *   calibrations[]             the same before each block of trials, with trial: the number of the block's trials.
 *                              Where a block was measured twice, as in a resumed run, the last one counts. Disturbed
 *                              ones are left out of everything else. Empty: a run of one trial, or an older file
 *   calibration_spread         {blocks: undisturbed calibrations, least_rps, most_rps, share: how far the two lie
 *                              apart, of their median}; null: there are not two
 *   answer                     the conclusion of the text report (for people: its wording may change)
 *   answer_lines[]             the same in one to three parts: what breaks first; what has the highest capacity; what
 *                              the run leaves open
 *   backends[]                 in the order of the text report: by capacity, highest first; skipped ones last
 *     name, language, framework, class, verified (by what, or null), versions, workers
 *     memory_given_bytes       the MEMORY that it was given; null: none
 *     box                      that it ran in; null: in none
 *     unboxed                  its name without the box ("go" of "go@0.25cpu"), where it ran in several; else null
 *     environment              the variables that its manifest adds to the usual ones, secrets cut; null: none
 *     skipped                  why it took no part; null: it took part
 *     attached                 the URL of a service that ran already: its process was not fresh; null: it was started
 *     protocol                 what was spoken to an attached service: "plain HTTP/1.1"; null: it was started
 *     process_cores            where the process of an attached service may run, "0-3"; null: not known, or started
 *     followed                 "4711 nginx": the process that listens on its port, of which the one that was started is
 *                              no ancestor, and which was read beside it; null: there is none
 *     not_watched              why the processes that serve it could not be read; null: they were
 *     watch                    of an attached service: how it was to be watched, "auto, metrics:http://…"; null: it was
 *                              launched
 *     watched                  what that came to, "process 4711 (nginx) and its 2 children, cgroup /web"; null: nothing
 *     distrusted               how its responses contradict the run's database or upstream, so that none of its figures
 *                              counts; null: no contradiction was found, or nothing was audited
 *     wrong_from_start         at the lowest load more than half of its responses were wrong; {nothing_right: in no
 *                              step one was right, so that none of its figures counts; share: of the responses};
 *                              null: they were not
 *     capacity_rps             requests a second of the last step that held below the first break; null: none held
 *     capacity_level           what doubles, at that step
 *     capacity_least_level, capacity_most_level
 *                              over the trials
 *     capacity_low_level, capacity_high_level, capacity_confidence
 *                              its interval over the trials, by their order; null, null and 0 for a single trial
 *     breaks_at_rps            requests a second of the lowest break, of the ladder or the search; null: none was seen
 *     breaks_at_level          what doubles, at that step
 *     trials                   how many have at least one step
 *     trials_failed            how many have none, because the service did not start or the trial could not be run
 *     failed_trials[]          {trial, fault: service (it did not start) | harness, reason}
 *     trials_ended_early[]     those of `trials` that have fewer steps than they wanted, since after a dependency was
 *                              mended there was no service to go on with; members as above
 *     deaths[]                 each time that its process ended by itself, in the order of the trials: {trial, part:
 *                              ladder | search | warm | recovery | soak, level, in_warmup, at_ms (null in the warm-up),
 *                              death: {exit_status, signal, output}, for_memory: the kernel killed it, because memory
 *                              ran out, in_words}
 *     audit_gaps[]             trials whose responses were not all held against the dependencies that the scenario
 *                              needs: {trial, reason: null where the run log has none}
 *     dependencies_mended[]    each time that a dependency had failed and was made to work again: {trial, level: of the
 *                              step before which it was, inside_trial: false before the first step, reason}
 *     not_monotone             a step passed above a break
 *     all_invalid              no step was valid
 *     breaks[]                 the limits that broke in the step that is described (the lowest that broke and whose
 *                              figures name a cause), in order of time
 *       limit                  latency | errors | throughput | memory | growth | queue | crash; of a single request
 *                              "latency of NAME" or "errors of NAME", with the NAME as request
 *       load_rps, level        of the step
 *       at_ms                  the end of the first interval in which the limit was broken; equal times mean that
 *                              neither limit was first
 *       cause, evidence        what was behind the break of the step, and the figures that show it: {key with its unit:
 *                              number}
 *       cause_in_words         for people; null: the figures name no cause
 *       second_cause           another cause that the figures allow; null: there is none
 *       observed, allowed      in `unit`: ns | share | bytes | bytes_per_second | requests | null
 *       of                     all | expected_success | expected_error: which requests broke the limit. The last two:
 *                              those of which a success, or an error (4xx), is expected broke it by themselves
 *     limits[]                 in the order in which they break: limit, order (equal numbers are not told apart),
 *                              capacity_rps (the estimate where estimated is true, else the highest load that held),
 *                              holds_at_rps and breaks_at_rps (of the trial in the middle: the highest load at which it
 *                              was seen to hold, and the lowest at which to break), low_rps and high_rps (its 95 %
 *                              interval; null: open), the same as levels (capacity_level, holds_at_level …), first_in
 *                              (of so many trials, in which any limit broke)
 *     stalls[]                 bad moments that are no break: load_rps, level, trial, at_ms (into the step), length_ms,
 *                              limit (the one that was exceeded), host: what it did between the reading before the
 *                              stall and the one after it; null: it was not read
 *       from_ms, to_ms         of these two readings, into the step
 *       service_cores, service_cores_in_step
 *                              CPU of the service's processes then, and over the whole step
 *       run_delay_ms           its threads waited for a core, summed over threads
 *       memory_before_bytes, memory_after_bytes
 *       accept_queue_peak, accept_queue_overflows
 *       stopped_share          of the readings, in which a process of it was stopped
 *       throttled_share        of the time, in which a CPU quota stopped it
 *       disk_blocked_share     of the readings, in which the first thread of a process waited for a disk
 *       disk_wait_ms           so long in all; 0 also where the kernel does not account for it
 *       major_faults, swapped_pages, retransmits
 *       foreign_share, steal_share
 *                              of its cores, taken by other programs and by the hypervisor
 *       in_words               for people
 *     resources[]              what is used up at which load, the lowest first; then what was not, then what is not
 *                              known. A resource that the service does not have is left out
 *       resource               cpu | one-thread | quota | memory | file-descriptors | accept-queue | connections |
 *                              pool | dependency | network
 *       exhausted_at_rps       requests a second at which it is used up; null: see `end`, or something else than
 *                              requests a second doubles
 *       measured               it was used up in a step; false: projected from the steps that did not break, or not at
 *                              all
 *       low_rps, high_rps      the interval; 95 % where it is projected. high null: open. Of what is "far beyond", low
 *                              alone: it is not used up below that
 *       exhausted_at_level, low_level, high_level
 *                              the same in what doubles
 *       end                    measured | projected | far beyond (over 16 times used_at_level) | does not grow (with
 *                              the load) | not exhausted (how it grows is not known) | not known
 *       used, most, unit       how much was used at used_at_level, the highest load that did not break, and with how
 *                              much it counts as used up: cores | bytes | file descriptors | connections | sessions |
 *                              share
 *       needed_share_at_double how much of what counts as used up twice the highest load held would need, by that line;
 *                              above 1: there is too little of it. null: the line says nothing of that load
 *       trials, exhausted_in_trials
 *                              in how many its use was read, and in how many of them it was used up
 *     resources_in_words       those that are used up, for people; null: none is
 *     sentence                 what the text report says of the service (for people)
 *     steps[]                  by trial, then by step; an invalid step may be followed by its repetition
 *       trial, step, level, level_unit
 *       attempt                1, 2, …: how often the trial ran this load
 *       phase                  ladder | search: between the highest load that held and the lowest that did not | warm:
 *                              the ladder once more, since the process was cold the first time
 *       load_rps               planned (open load) or completed (closed load)
 *       verdict                pass | break | invalid | undecided
 *       limits                 by limit: {state: holds | breaks | undecided, observed and allowed as above, share of
 *                              the requests that violate it, share_low and share_high (its 95 % interval),
 *                              share_allowed}; shares are null for limits that are not on requests
 *       breaks[]               as above, of this step
 *       invalid_because[]      send_lag | generator_busy | starved | opening | unsent | little | foreign | no_requests
 *                              | dependency | denied | stood_still | turned_away | late_start | read_late
 *                              | clock_set
 *       disturbed[]            foreign | steal | starved | generator_busy: what took so much from service or generator
 *                              that response times are longer than the service's own, although the step may have held
 *       offered, sent, completed, good
 *       failures               {connect, reset, timeout, status, body, protocol, unanswered, unsent}
 *       offered_rps, completed_rps, good_rps
 *       mean_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns
 *                              response time; null: too few samples
 *       p99_low_ns, p99_high_ns
 *                              the 95 % interval of p99, from how much the intervals of the step differ
 *       censored               requests that were never answered; they count as "at least so old"
 *       service_p50_ns, service_p99_ns
 *                              service time: from the actual send
 *       cpu_ns_per_request, service_cores_used, service_cpu_share, busiest_thread_share, rss_peak_bytes
 *       worker_connections     "38, 16": connections by process at its end, the most first; null: one has them all
 *       kernel_receive_cores   irq and softirq on the service's cores: packets received
 *       sampling_share         share of one core that reading the host took
 *       death                  {exit_status, signal, output}; null: the process did not end
 *       requests[]             by request class, in the scenario's order: {name, expectation: expected_success |
 *                              expected_error (4xx), offered, sent, completed, good, failed, failures as above, p50_ns,
 *                              p99_ns}. A request that was never sent is of no class. Empty: the run log does not
 *                              tell classes apart
 *       sessions               only where sessions double: {begun: users who arrived in the measured time, finished:
 *                              took all their steps, abandoned: ended by a failure, unfinished: still under way at its
 *                              end, denied: turned away for want of room in the generator, most: under way at once}
 *       slow_connections       only where they double, warm-up and measured time together: {wanted, open: at the end,
 *                              opened, closed: by the service before the request was whole, without a response,
 *                              timed_out: the same with 408, rejected: with another response, answered: the request
 *                              became whole, refused: could not be connected, missing: never tried when measuring
 *                              began, denied: for want of the generator's machine, life_least_ns, life_most_ns: of
 *                              those closed, timed out and rejected; null: there were none}
 *       first_wrong            the first response that was not as expected, in the whole step; null: there was none, or
 *                              the run log does not keep it: {request: the name of its class, status (null: it was no
 *                              HTTP response), expected_status (null: any 2xx), unreadable: why it was none, or why
 *                              its body was not searched, else null, body_bytes, body, in_words; where the status is as
 *                              expected, what is not: expected_bytes (length of the body), or member, expected_value
 *                              and came_value (JSON; null: no such member), or capture: what a session could not take
 *                              from it, and from where, with the reason as `unreadable`; else null}
 *     forecast                 of the next doubling, from the steps of the ladder before it; null: no base for any
 *       errors                 {cpu, thread, memory, dependency_cpu, dependency_places, latency, in_flight: {steps:
 *                              that had a forecast, over all trials, up to the first load of each that broke;
 *                              median_error: |expected - happened| / happened; off_by_twice: of these steps, expected
 *                              was more than twice or less than half of what happened; alarms: forecasts beyond the
 *                              limit of the signal by more than forecasts err; right: of these, the load broke;
 *                              false_alarms: it held; misses: breaks with the signal beyond its limit and no alarm of
 *                              it} or null}
 *       alarms                 of all signals together: {alarms, right, false_alarms, misses: breaks without any alarm}
 *       early_warning          when the break could be seen coming: {steps_before, level: of the step that showed it,
 *                              signal, in_spikes, seen, limit, expected, expected_at: the lowest level of the ladder
 *                              that broke, withdrawn_signal}. in_spikes: seen and expected are of the time of raised
 *                              traffic. steps_before is 0 and the rest null when it could not; then withdrawn_signal is
 *                              the signal that showed it, but of whose alarms fewer than three of four were right, or
 *                              null. null: nothing broke, or it broke too early to ask. Units: cores (cpu), share of a
 *                              core (thread), bytes, share of its cores (dependency_cpu), calls or sessions at work at
 *                              a time (dependency_places), ns of p99, requests
 *       next                   where nothing broke, what would break at twice the ladder's last step: {level, signal,
 *                              expected, limit, breaks: expected is beyond limit by more than forecasts err}; null:
 *                              something broke, or the signal that says so has given false alarms
 *     recovery                 under the first step's load, right after the ladder: {recovered, after_ms, again,
 *                              invalid_because[]: as of a step; if any, recovered is null, within_ms, died, idle_bytes,
 *                              first_step_bytes, highest_bytes, held_bytes}; null: not measured. again: the first
 *                              observation was invalid and this is the second, so that after_ms is the most that it
 *                              can be
 *     cold_start               what a request costs a fresh process: {cpu_ns_per_request_cold: in the first valid run
 *                              of the ladder's first step, cpu_ns_per_request_warm: in the recovery, under the same
 *                              load, cpu_ratio: of the two, was_cold: it is 1.5 or more, trial: that both were read
 *                              in, cold_read_at {phase, step, attempt, level}, warm_read_at {phase: recovery, level}};
 *                              null: one of the two is not known
 *     soak                     a steady load at a share of the capacity, after everything else; null: there was none.
 *                              It has the keys of a step but `step`, `attempt` and `phase`, and measured_ns: how long
 *                              it was judged
 *       memory_start_bytes, memory_end_bytes
 *                              held in its first and its last interval; pages that processes share count once
 *       memory_bytes_per_s     the slope of memory over its intervals; memory_bytes_per_s_low,
 *                              memory_bytes_per_s_high: the 95 % interval of the slope, null: too few intervals
 *       memory_rises           that interval is above 0; memory_levels_off: it rose, and nearly all of it early
 *       memory_limit_after_s   the time until the memory limit if it goes on like that; null: it does not, or there is
 *                              no limit
 *     profile                  only where it was asked for (bench --profile-break): what it did at the load that broke,
 *                              {broke, held: {level, samples, stacks (folded: "main;serve 42" a line), missing: why
 *                              there are none}, functions[]: {function, share, share_before: of the samples of the two,
 *                              without what it calls}, unresolved_share: of the samples in code without symbols}
 *     faults[]                 what requests that are faults cost the others, of each level with one, over its valid
 *                              steps: {level, faults, others_offered, others_lost, others_lost_per_fault,
 *                              below_full_ns_per_fault: how long fewer than 95 % of the requests due were answered
 *                              rightly in time, known by intervals of interval_ns; silent_ns: the longest time without
 *                              any response}
 *     change                   {files, lines}: what a prescribed change of it touches; null: not known
 *     idle_rss_bytes, cold_start_ns, first_request_ns, artifact_bytes, dependencies, source_lines
 *     runtime_bytes            what an empty machine needs beside the artifact; null: nothing, or not told
 *     build_ns                 of this run's build, which may have found earlier results: no cost of owning
 *     build_clean_ns, build_changed_ns
 *                              from scratch, and after one changed line; null: the run was not made with --share
 *     artifact_hash            SHA-256 of all that it ships; null: not known
 *     scores                   {critical_capacity_level: the geometric mean of capacity_levels_by_p99 {10ms, 25ms,
 *                              50ms, 100ms, 250ms}, the capacities under these p99 limits; doublings of the first
 *                              step's load; cpu_ns_per_request at common_level; good_rps_per_core, good_rps_per_100mb
 *                              at its capacity; memory_bytes_per_connection where connections double}; null: the run
 *                              does not tell
 *   common_level               the highest level of the ladder that every service holds; null: none
 *   comparisons[]              pairs of services over blocks of trials: {first, second, figure: capacity | cpu | p99
 *                              (p99 at common_level; cpu a request, the geometric mean over the levels up to it that
 *                              both hold in the block), ratio: of first to second, low, high, confidence: 0.95,
 *                              p: of the row's own test, p_adjusted: for all rows of this list (Holm), trials: blocks
 *                              that have the ratio, trials_needed: how many could show the difference, difference:
 *                              seen | not seen | too few trials}; low, high and both p null, confidence 0: one block;
 *                              trials_needed null: it is seen, or it takes more than 99, or that is not known
 *   boxes[]                    what a larger box buys, service by service, the smallest box first: {service, backend:
 *                              its name in this box, box, cpus, memory_bytes, capacity: the load at which the first
 *                              limit is just kept, in what doubles, or null, capacity_low, capacity_high: its interval,
 *                              high null: nothing broke; of the next smaller box: times_the_box: this one is so many
 *                              times as large, buys: and holds so many times as much, buys_low, buys_high: over blocks
 *                              of trials the 95 % interval of that, otherwise what the intervals of the two capacities
 *                              allow, all null for the smallest; good_rps_per_core, good_rps_per_gib: good responses a
 *                              second at the highest load held, by what the box grants; in_words}. Empty: no service
 *                              ran in several boxes
 *   languages[]                what the services of a language hold, where one has services of two frameworks:
 * {language, box: that they ran in, or null, frameworks: how many, services: names of those that count, tuned: of those
 * that do not, since they are of that class, capacity_low, capacity_high: the range of the capacities, in what doubles,
 * the two loads of one that is only known to lie between them; low null: the lowest held nothing, high null: one never
 *                              broke; lowest, highest: names, told_apart: the highest is seen to hold more; above:
 *                              languages of which each service is seen to hold less than each of this one, alike:
 *                              those that it is not told apart from, both of two frameworks and in the same box;
 *                              in_words}. The one whose best service holds most first. Empty: no language has two
 *   ranking                    who holds more than whom, by the rule of the answer, the comparisons of capacity and the
 *                              overview: {first: names of the services that break first; longest: of those that hold
 *                              longest; leader: the service above all others, or null; services[]: for each that was
 *                              judged, {name, above: names of those that hold less, alike: of those that it cannot be
 *                              told from}}
 *   warnings[]                 {kind: generator | machine | skipped | trial | audit | wrong | run, text, command: what
 *                              mends it, or null}
 *   valid                      false: a service was left out (for another reason than a toolchain that is not
 *                              installed), a trial has no steps, or responses do not add up, were not held against the
 *                              dependencies, or are all wrong. `twofold bench` then ends with 3 */
#ifndef TWOFOLD_REPORT_DATA_JSON_H
#define TWOFOLD_REPORT_DATA_JSON_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/data/figure_stream.h"

/* Put the members of the object described above into the object that is open. */
void json_put_findings(struct figure_stream *stream, const struct findings *findings);

/* Append it to `out`, indented, with a line end behind it. */
void json_write_findings(const struct findings *findings, struct text *out);

#endif

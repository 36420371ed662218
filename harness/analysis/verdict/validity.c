#include "analysis/verdict/validity.h"

#include "analysis/verdict/dependency_faults.h"
#include "analysis/verdict/disturbance.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

/* Shares of the measured time of a generator thread. One that had no core reads responses late, and had no connection
 * free when it should have had one: the first makes the service look slow, the second hides the thread's own lag. */
#define BUSY_MOST    0.90
#define STARVED_MOST 0.10

/* All responses of a time in which a thread stood still come late: a hundredth of the time moves p99. */
#define STOOD_STILL_MOST 0.01

/* Send lag may be one part in so many of the latency limit, or of the limit that stands in where there is none. */
#define LAG_PARTS          10
#define LATENCY_ASSUMED_NS 50e6

/* Connections not open yet, of those to be kept open. */
#define OPENING_MOST 0.01

/* Sent, of offered; connections in use from which on too few were free. */
#define SENT_LEAST  0.98
#define IN_USE_MOST 0.9

/* The two sides of Little's law. */
#define LITTLE_MOST 0.1

/* Foreign work that may have caused a break: more cores than this, and more than this share of what the service used.
 */
#define FOREIGN_MOST  0.15
#define FOREIGN_SHARE 0.2

const char *invalidity_name(enum invalidity invalidity)
{
    static const char *const names[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = "send_lag",       [INVALID_GENERATOR_BUSY] = "generator_busy",
        [INVALID_STARVED] = "starved",         [INVALID_OPENING] = "opening",
        [INVALID_UNSENT] = "unsent",           [INVALID_LITTLE] = "little",
        [INVALID_FOREIGN] = "foreign",         [INVALID_NO_REQUESTS] = "no_requests",
        [INVALID_DEPENDENCY] = "dependency",   [INVALID_DENIED] = "denied",
        [INVALID_STOOD_STILL] = "stood_still", [INVALID_TURNED_AWAY] = "turned_away",
        [INVALID_LATE_START] = "late_start",   [INVALID_READ_LATE] = "read_late",
        [INVALID_CLOCK_SET] = "clock_set",
    };
    assert(invalidity < INVALIDITY_COUNT);
    return names[invalidity];
}

bool validity_generator_busy(const struct load_record *load)
{
    return load->busiest_thread > BUSY_MOST;
}

bool validity_generator_starved(const struct load_record *load)
{
    return load->starved_thread > STARVED_MOST;
}

bool validity_generator_stood_still(const struct load_record *load)
{
    return load->stood_still > STOOD_STILL_MOST;
}

/* The longest that a request may leave late, or a generator begin late. */
static double lag_most_ns(const struct validity_terms *terms)
{
    return (terms->latency_ns > 0 ? (double)terms->latency_ns : LATENCY_ASSUMED_NS) / LAG_PARTS;
}

static bool lagged(const struct load_record *load, const struct validity_terms *terms)
{
    return (double)histogram_quantile(&load->send_lag, 0.99) > lag_most_ns(terms);
}

/* Little's law: requests in the system = rate x time in it. Requests of the warm-up are on neither side. Over a finite
 * time the two sides, which are counted in different ways, may differ by what was in flight at both ends, at most its
 * number times the longest time. Where they differ by more, and by more than a tenth, the accounts are wrong. Only in a
 * step in which all requests were answered does each have a time. */
static bool little_violated(const struct load_record *load)
{
    if (load->interval_count == 0 || load->tally.completed < load->tally.sent || load->tally.sent == 0) {
        return false;
    }
    double time_ns = (double)load->measured_ns, in_flight = load->mean_in_flight - load->carried_in_flight;
    double by_rate = (double)load->tally.completed / time_ns * histogram_mean(&load->service);
    double at_ends = 2 * (double)load->intervals[load->interval_count - 1].in_flight + 2;
    double slack = at_ends * (double)load->service.max / time_ns;
    return fabs(by_rate - in_flight) > LITTLE_MOST * fmax(by_rate, in_flight) + slack;
}

/* Connections that hold requests which were never answered were not free, even where most were free for most of the
 * time: a service that stops answering half way leaves just that. One that stopped before the measured time leaves
 * requests which are not counted, but were still held at its end. */
static bool were_free(double mean_in_flight, uint64_t unanswered, uint64_t held_at_end, uint64_t connections)
{
    double held = fmax((double)unanswered, (double)held_at_end);
    return fmax(mean_in_flight, held) < IN_USE_MOST * (double)connections;
}

static bool unsent_though_free(const struct load_record *load)
{
    bool free_connections =
        were_free(load->mean_in_flight, load->tally.failures[FAILURE_UNANSWERED], load->held_at_end, load->connections);
    return (double)load->tally.sent < SENT_LEAST * (double)load->tally.offered && free_connections &&
           load->tally.failures[FAILURE_CONNECT] == 0;
}

/* ---- each generator of a fleet ---- */

/* The same of one of them. */
static bool unsent_by(const struct generator_load *load)
{
    bool free_connections = were_free(load->mean_in_flight, load->unanswered, load->held_at_end, load->connections);
    return (double)load->sent < SENT_LEAST * (double)load->offered && free_connections && load->connect_failures == 0;
}

/* By how many times it is beyond what is allowed; 1 or less: it is not. Of what is counted, the count. */
static double excess(const struct generator_load *load, const struct validity_terms *terms, enum invalidity invalidity)
{
    switch (invalidity) {
    case INVALID_SEND_LAG:
        return (double)load->send_lag_p99_ns / lag_most_ns(terms);
    case INVALID_LATE_START:
        return (double)load->late_ns / lag_most_ns(terms);
    case INVALID_GENERATOR_BUSY:
        return load->busiest_thread / BUSY_MOST;
    case INVALID_STARVED:
        return load->starved_thread / STARVED_MOST;
    case INVALID_STOOD_STILL:
        return load->stood_still / STOOD_STILL_MOST;
    case INVALID_UNSENT:
        return unsent_by(load) ? 1 + (double)(load->offered - load->sent) : 0;
    case INVALID_OPENING:
        return 1 + (double)load->connections_missing;
    case INVALID_DENIED:
        return 1 + (double)load->connections_denied;
    default: /* of the whole, or of the service's host */
        return 0;
    }
}

static const struct generator_load *worst(const struct step_record *step, const struct validity_terms *terms,
                                          enum invalidity invalidity)
{
    const struct generator_load *found = NULL;
    double most = 1;

    for (size_t i = 0; i < step->generators.count; i++) {
        double its = excess(&step->generators.items[i], terms, invalidity);
        if (its > most) {
            most = its;
            found = &step->generators.items[i];
        }
    }
    return found;
}

const char *validity_blame(const struct step_record *step, const struct validity_terms *terms,
                           enum invalidity invalidity)
{
    const struct generator_load *found = worst(step, terms, invalidity);
    return found != NULL ? found->host : NULL;
}

/* ---- the whole ---- */

/* Opening connections costs what holding them does not. A service that refuses some is judged. */
static bool still_opening(const struct step_record *step)
{
    const struct load_record *load = &step->load;
    double wanted = (double)(step->connections + load->slow.wanted);
    double missing = (double)(load->connections_missing + load->slow.missing);

    return wanted > 0 && missing > fmax(1, OPENING_MOST * wanted) && !step->death.died &&
           load->tally.failures[FAILURE_CONNECT] == 0;
}

/* A step that held beside fewer slow connections than planned has not held what it says. */
static bool denied(const struct load_record *load, bool broke)
{
    if (load->connections_denied + load->slow.denied > 0 && broke) {
        return true;
    }
    return (double)load->slow.denied > OPENING_MOST * (double)load->slow.wanted;
}

/* Others worked on the service's cores, and its threads had to wait for them: the break may be theirs. */
static bool disturbed(const struct load_record *load, const struct validity_terms *terms)
{
    const struct host_usage *host = terms->host;
    double foreign = disturbance_foreign_cores(load, host, terms->cores_shared);

    return foreign > FOREIGN_MOST && foreign > FOREIGN_SHARE * host->service_cores && host_usage_waits_for_cores(host);
}

void validity_find(const struct step_record *step, const struct validity_terms *terms,
                   bool ret_invalid[INVALIDITY_COUNT])
{
    const struct load_record *load = &step->load;
    struct dependency_faults faults;

    dependency_faults_find(step, &faults);
    ret_invalid[INVALID_NO_REQUESTS] = load->tally.offered == 0 && !terms->broke;
    bool late = lagged(load, terms) || worst(step, terms, INVALID_SEND_LAG) != NULL;
    ret_invalid[INVALID_SEND_LAG] = late && !terms->streams;
    ret_invalid[INVALID_READ_LATE] = late && terms->streams;
    ret_invalid[INVALID_LATE_START] = worst(step, terms, INVALID_LATE_START) != NULL;
    /* Where every limit held, a busy generator has hidden nothing: it only made the times look worse. */
    ret_invalid[INVALID_GENERATOR_BUSY] = validity_generator_busy(load) && terms->broke;
    ret_invalid[INVALID_STARVED] = validity_generator_starved(load) && terms->broke;
    ret_invalid[INVALID_OPENING] = still_opening(step);
    ret_invalid[INVALID_UNSENT] =
        !step->death.died && (unsent_though_free(load) || worst(step, terms, INVALID_UNSENT) != NULL);
    ret_invalid[INVALID_FOREIGN] = terms->broke && disturbed(load, terms);
    ret_invalid[INVALID_DEPENDENCY] = dependency_faults_any(&faults);
    ret_invalid[INVALID_DENIED] = denied(load, terms->broke);
    ret_invalid[INVALID_TURNED_AWAY] = load->sessions.denied > 0 && terms->broke;
    ret_invalid[INVALID_STOOD_STILL] = validity_generator_stood_still(load) && terms->broke;
    ret_invalid[INVALID_CLOCK_SET] = (double)load->wall_stepped_ns > lag_most_ns(terms);
    ret_invalid[INVALID_LITTLE] = !terms->broke && little_violated(load);
}

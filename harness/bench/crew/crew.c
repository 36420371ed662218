#include "bench/crew/crew.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/crew/mates.h"
#include "load/target.h"

#include <stdio.h>
#include <stdlib.h>

/* From the order to the first request: time for the order to arrive, and for the threads to wake. */
#define START_MARGIN_NS (300 * CLOCK_MILLISECOND_NS)

/* How often other ranks are looked at: seldom enough that it costs the generator of this process nothing. */
#define LOOK_EVERY_NS (10 * CLOCK_MILLISECOND_NS)

struct crew {
    struct muster *muster; /* NULL: there is no fleet, and no mates */
    struct mates mates;
    struct loader *loader; /* NULL: this process sends no load */
    const struct traffic *traffic;
    const struct planned_step *step; /* the one at hand, and what else is of it */
    uint64_t start_ns;
    bool own_over;
    uint64_t round_trip_ns; /* from here to the service's host */
};

/* ---- its life ---- */

static int load_mates(struct crew *crew, const struct crew_options *options, struct error *err)
{
    const struct loader_options *own = &options->loader;
    struct fleet_order_load order = {.port = own->port,
                                     .reference = options->service == NULL,
                                     .deadline_ns = own->deadline_ns,
                                     .connections_most = own->connections_most,
                                     .sessions_most = own->sessions_most};

    snprintf(order.address, sizeof order.address, "%s", own->host);
    snprintf(order.service, sizeof order.service, "%s", options->service != NULL ? options->service : "");
    mates_init(&crew->mates, crew->muster);
    return mates_load(&crew->mates, &order, err);
}

static int load_own(struct crew *crew, const struct loader_options *options, struct error *err)
{
    struct loader_options own = *options;

    if (crew->muster != NULL) {
        const struct muster_member *member = &crew->muster->members[crew->muster->own];
        if (member->record.threads == 0) {
            return 0;
        }
        own.first_thread = member->first_thread;
        own.all_threads = crew->muster->threads;
        crew->round_trip_ns = target_round_trip_ns(own.host, own.port);
    }
    return loader_new(&crew->loader, &own, err);
}

int crew_new(struct crew **ret_crew, const struct crew_options *options, struct error *err)
{
    struct crew *crew = mem_new(1, sizeof *crew);

    crew->muster = options->muster;
    crew->traffic = options->loader.traffic;
    if (load_own(crew, &options->loader, err) != 0 || (crew->muster != NULL && load_mates(crew, options, err) != 0)) {
        crew_free(crew);
        return -1;
    }
    *ret_crew = crew;
    return 0;
}

void crew_free(struct crew *crew)
{
    if (crew == NULL) {
        return;
    }
    if (crew->mates.muster != NULL) {
        mates_tell(&crew->mates, ORDER_UNLOAD, NULL, 0);
        mates_release(&crew->mates);
    }
    loader_free(crew->loader);
    free(crew);
}

/* ---- a step ---- */

void crew_start(struct crew *crew, const struct planned_step *step)
{
    crew->step = step;
    crew->own_over = crew->loader == NULL;
    if (crew->muster == NULL) {
        crew->start_ns = clock_now_ns();
        loader_start(crew->loader, step);
        return;
    }
    crew->start_ns = mates_start(&crew->mates, step, START_MARGIN_NS);
    if (crew->loader != NULL) {
        loader_start_at(crew->loader, step, crew->start_ns);
    }
}

uint64_t crew_start_ns(const struct crew *crew)
{
    return crew->start_ns;
}

/* Sleeps, or ends sooner with this process's own part. */
static void rest(struct crew *crew)
{
    if (crew->own_over) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    } else {
        crew->own_over = loader_wait(crew->loader, LOOK_EVERY_NS);
    }
}

bool crew_wait(struct crew *crew, uint64_t timeout_ns)
{
    uint64_t now_ns = clock_now_ns(), until_ns = now_ns + timeout_ns;

    if (crew->muster == NULL) {
        return loader_wait(crew->loader, timeout_ns);
    }
    do {
        rest(crew);
        now_ns = clock_now_ns();
        if (mates_over(&crew->mates, now_ns) && (crew->own_over || crew->mates.lost != MATES_NOBODY)) {
            return true;
        }
    } while (now_ns < until_ns);
    return false;
}

/* ---- what came of it ---- */

/* An empty record to add the others' to. */
static void begin_sum(const struct crew *crew, struct load_record *ret_sum)
{
    load_record_init(ret_sum, crew->step->interval_count);
    load_record_init_requests(ret_sum, crew->traffic->request_count);
    for (size_t i = 0; i < ret_sum->request_count; i++) {
        ret_sum->requests[i].name = mem_string(crew->traffic->requests[i].name);
        if (crew->traffic->requests[i].has_limits) {
            load_record_follow(ret_sum, i);
        }
    }
}

/* This process's own part. Where another is lost, it is ended. */
static void take_own(struct crew *crew, struct load_record *ret_record, struct generator_loads *loads)
{
    if (crew->loader == NULL) {
        begin_sum(crew, ret_record);
        return;
    }
    if (!crew->own_over) {
        loader_stop(crew->loader);
        while (!loader_wait(crew->loader, CLOCK_SECOND_NS)) {
        }
    }
    loader_finish_part(crew->loader, ret_record);
    struct generator_load *own = &loads->items[loads->count++];
    *own = (struct generator_load){.rank = crew->muster->own,
                                   .host = mem_string(crew->muster->members[crew->muster->own].record.host)};
    own->round_trip_ns = crew->round_trip_ns;
    fleet_order_describe(own, ret_record);
}

int crew_finish(struct crew *crew, struct load_record *ret_record, struct generator_loads *ret_generators,
                struct error *err)
{
    *ret_generators = (struct generator_loads){0};
    if (crew->muster == NULL) {
        loader_finish(crew->loader, ret_record);
        return 0;
    }
    ret_generators->items = mem_new(crew->muster->count, sizeof *ret_generators->items);
    take_own(crew, ret_record, ret_generators);
    if (mates_add(&crew->mates, ret_record, ret_generators, err) != 0) {
        load_record_release(ret_record);
        generator_loads_release(ret_generators);
        return -1;
    }
    ret_record->started_ns = crew->start_ns + crew->step->warmup_ns; /* by the clock of this host */
    stall_list_settle(&ret_record->stalls, ret_record->tally.completed, ret_record->measured_ns);
    return 0;
}

/* ---- while it runs ---- */

void crew_live(struct crew *crew, struct loader_live *ret_live)
{
    struct loader_live sum = {0};

    if (crew->loader != NULL) {
        loader_live(crew->loader, &sum);
    }
    if (crew->muster != NULL) {
        mates_add_live(&crew->mates, &sum);
    }
    *ret_live = sum;
}

const struct wrong_response *crew_first_wrong(struct crew *crew)
{
    return crew->loader != NULL ? loader_first_wrong(crew->loader) : NULL;
}

void crew_stop(struct crew *crew)
{
    if (crew->muster != NULL) {
        mates_stop(&crew->mates);
    }
    if (crew->loader != NULL) {
        loader_stop(crew->loader);
    }
}

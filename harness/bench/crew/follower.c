#include "bench/crew/follower.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/crew/fleet_order.h"
#include "bench/service/attached.h"
#include "fleet/rank_clock.h"
#include "load/loader.h"
#include "load/target.h"
#include "plan/traffic/authorized.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOK_EVERY_NS (10 * CLOCK_MILLISECOND_NS)
#define LIVE_EVERY_NS (250 * CLOCK_MILLISECOND_NS)
#define STEP_LOST_NS  (10 * CLOCK_SECOND_NS)
#define RUN_LOST_NS   (600 * CLOCK_SECOND_NS)

struct follower {
    const struct follower_options *options;
    char host[256];
    struct loader *loader; /* NULL: there is none */
    struct authorized authorized;
    struct traffic reference;     /* of the calibration */
    struct fleet_order_step step; /* the one at hand */
    bool running;
    uint64_t late_ns, live_ns, round_trip_ns;
    bool over;
    struct fleet_order_end end;
    struct line_file *file; /* of the run log, on rank 0 */
};

/* ---- the loader ---- */

static void unload(struct follower *follower)
{
    loader_free(follower->loader);
    follower->loader = NULL;
    authorized_release(&follower->authorized);
    traffic_release(&follower->reference);
}

/* NULL: the service was started by the run, or is not known here. */
static const struct attachment *attachment_of(const struct follower_options *options, const char *service)
{
    for (size_t i = 0; i < options->service_count; i++) {
        if (strncmp(options->services[i].name, service, sizeof((struct fleet_order_load *)NULL)->service - 1) == 0) {
            return options->services[i].attached;
        }
    }
    return NULL;
}

/* What is sent, and what is spoken, to that service. */
static void prepare_traffic(struct follower *follower, const struct fleet_order_load *order,
                            struct loader_options *loader)
{
    const struct follower_options *options = follower->options;

    if (order->reference) {
        traffic_init_get(&follower->reference, "/items/1");
        loader->traffic = &follower->reference;
        return;
    }
    const struct attachment *attached = attachment_of(options, order->service);
    authorized_init(&follower->authorized, &options->scenario->traffic,
                    attached != NULL ? attached->authorization : NULL);
    loader->traffic = &follower->authorized.traffic;
    if (attached != NULL) {
        loader->name = attached->host;
        loader->protocol = attached_protocol(attached);
    }
}

static void load(struct follower *follower, const struct fleet_order_load *order)
{
    const struct follower_options *options = follower->options;
    struct loader_options loader = {.host = order->address,
                                    .port = order->port,
                                    .threads = options->cores->generator_count,
                                    .first_thread = order->first_thread,
                                    .all_threads = order->all_threads,
                                    .deadline_ns = order->deadline_ns,
                                    .connections_most = order->connections_most,
                                    .sessions_most = order->sessions_most,
                                    .spin = !options->cores->split.shared && !order->reference,
                                    .on_thread = cores_pin_thread,
                                    .context = options->cores};
    struct error why = {0};

    unload(follower);
    prepare_traffic(follower, order, &loader);
    if (loader_new(&follower->loader, &loader, &why) != 0) {
        unload(follower);
    } else {
        follower->round_trip_ns = target_round_trip_ns(order->address, order->port);
    }
    ranks_send(options->muster->ranks, options->muster->lead, ORDER_READY, why.message, strlen(why.message));
}

/* ---- a step ---- */

static void begin(struct follower *follower)
{
    uint64_t now_ns = clock_now_ns();

    follower->late_ns = now_ns > follower->step.start_ns ? now_ns - follower->step.start_ns : 0;
    follower->live_ns = now_ns;
    follower->running = true;
    loader_start_at(follower->loader, &follower->step.planned, follower->step.start_ns);
}

static void give_result(struct follower *follower)
{
    struct ranks *ranks = follower->options->muster->ranks;
    struct generator_load generator = {.rank = ranks_own(ranks),
                                       .host = follower->host,
                                       .late_ns = follower->late_ns,
                                       .round_trip_ns = follower->round_trip_ns,
                                       .gather_ns = clock_now_ns()};
    struct load_record record;
    size_t length;

    loader_finish_part(follower->loader, &record);
    follower->running = false;
    fleet_order_describe(&generator, &record);
    char *text = fleet_order_write_result(&generator, &record, &length);
    ranks_send(ranks, follower->options->muster->lead, ORDER_RESULT, text, length);
    free(text);
    load_record_release(&record);
}

static void give_live(struct follower *follower)
{
    struct loader_live live;

    if (clock_now_ns() < follower->live_ns) {
        return;
    }
    follower->live_ns += LIVE_EVERY_NS;
    loader_live(follower->loader, &live);
    ranks_send(follower->options->muster->ranks, follower->options->muster->lead, ORDER_LIVE, &live, sizeof live);
}

static void end_step(struct follower *follower)
{
    struct load_record record;

    if (follower->running) {
        loader_stop(follower->loader);
        while (!loader_wait(follower->loader, CLOCK_SECOND_NS)) {
        }
        loader_finish_part(follower->loader, &record);
        load_record_release(&record);
        follower->running = false;
    }
}

/* ---- the run log ---- */

static int open_file(struct follower *follower, struct error *err)
{
    const struct follower_options *options = follower->options;

    if (options->file == NULL) {
        return 0;
    }
    return options->resume ? line_file_reopen(&follower->file, options->file, err)
                           : line_file_new(&follower->file, options->file, err);
}

static void write_line(struct follower *follower, const struct ranks_message *message)
{
    struct error why = {0};

    if (follower->file == NULL) {
        error_failed(&why, "there is no run log");
    } else {
        line_file_append(follower->file, message->data, message->length, &why);
    }
    ranks_send(follower->options->muster->ranks, message->from, ORDER_WRITTEN, why.message, strlen(why.message));
}

/* ---- what it is told ---- */

static void obey(struct follower *follower, const struct ranks_message *message)
{
    struct fleet_order_load order;

    switch (message->kind) {
    case ORDER_LOAD:
        memcpy(&order, message->data, sizeof order);
        load(follower, &order);
        break;
    case ORDER_STEP:
        memcpy(&follower->step, message->data, sizeof follower->step);
        begin(follower);
        break;
    case ORDER_STOP:
        if (follower->running) {
            loader_stop(follower->loader);
        }
        break;
    case ORDER_UNLOAD:
        end_step(follower);
        unload(follower);
        break;
    case RANK_CLOCK_BEGIN:
        rank_clock_answer(follower->options->muster->ranks, message->from);
        break;
    case ORDER_END:
        follower->over = true;
        memcpy(&follower->end, message->data, sizeof follower->end);
        break;
    case ORDER_LINE:
        write_line(follower, message);
        break;
    default: /* ORDER_BEAT: that it came is all */
        break;
    }
}

static void look(struct follower *follower)
{
    struct ranks_message message;

    while (!follower->over && ranks_receive(follower->options->muster->ranks, &message)) {
        obey(follower, &message);
        free(message.data);
    }
}

/* A step ends by its own plan, whatever is heard. */
static void go_on(struct follower *follower)
{
    if (!follower->running) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    } else if (loader_wait(follower->loader, LOOK_EVERY_NS)) {
        give_result(follower);
    } else {
        give_live(follower);
    }
}

static bool is_lost(const struct follower *follower, uint64_t begun_ns)
{
    uint64_t heard_ns = ranks_heard_ns(follower->options->muster->ranks, follower->options->muster->lead);
    uint64_t since_ns = heard_ns > begun_ns ? heard_ns : begun_ns;

    return clock_now_ns() > since_ns + (follower->running ? STEP_LOST_NS : RUN_LOST_NS);
}

/* The leader learns that this one is there to the end: another one may be the reason for it. */
static void stop(struct follower *follower)
{
    if (follower->running) {
        loader_stop(follower->loader);
        while (!loader_wait(follower->loader, CLOCK_SECOND_NS)) {
        }
        give_result(follower);
        ranks_flush(follower->options->muster->ranks, 300 * CLOCK_MILLISECOND_NS);
    }
}

static int follow(struct follower *follower, struct error *err)
{
    uint64_t begun_ns = clock_now_ns();

    while (!follower->over) {
        look(follower);
        if (follower->over) {
            break;
        }
        if (atomic_load(follower->options->stop)) {
            stop(follower);
            return error_stopped(err);
        }
        if (is_lost(follower, begun_ns)) {
            return error_failed(err,
                                "%s: the rank that leads the run is lost: nothing was heard of it; this generator ends",
                                follower->host);
        }
        go_on(follower);
    }
    return 0;
}

int follower_run(const struct follower_options *options, struct follower_outcome *ret_outcome, struct error *err)
{
    struct follower follower = {.options = options};

    gethostname(follower.host, sizeof follower.host - 1);
    int result = open_file(&follower, err);
    if (result == 0) {
        result = follow(&follower, err);
    }
    const char *path = follower.file != NULL ? line_file_path(follower.file) : NULL;
    *ret_outcome = (struct follower_outcome){.end = follower.end, .path = mem_string(path)};
    line_file_close(follower.file);
    end_step(&follower);
    unload(&follower);
    return result;
}

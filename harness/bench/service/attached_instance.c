#include "bench/service/attached_instance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/service/attached.h"
#include "load/target.h"

#include <errno.h>
#include <string.h>

#define PATIENCE_NS    (5 * CLOCK_SECOND_NS)
#define TRY_EVERY_NS   (100 * CLOCK_MILLISECOND_NS)
#define REFUSALS_LEAST 3

static int wait_until_accepts(const struct attachment *attached, const atomic_bool *stop, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + PATIENCE_NS;
    int failure = target_try(attached->address, attached->port);

    while (failure != 0 && clock_now_ns() < until_ns) {
        if (stop != NULL && atomic_load(stop)) {
            return error_stopped(err);
        }
        clock_sleep_ns(TRY_EVERY_NS);
        failure = target_try(attached->address, attached->port);
    }
    return failure == 0 ? 0 : error_failed(err, "%s: no connection: %s", attached->url, strerror(failure));
}

/* ---- its processes ---- */

static void say_missing(struct instance *instance, const struct manifest *manifest)
{
    const char *missing = watch_missing(instance->watch);

    if (missing != NULL && manifest->attached->watches != NULL) {
        instance->not_watched = mem_string(missing);
    } else if (missing != NULL && manifest->attached->remote) {
        instance->not_watched = mem_format("it is on another machine (%s); give --watch %s=metrics:URL or ssh:HOST",
                                           manifest->attached->address, manifest->name);
    } else if (missing != NULL) {
        instance->not_watched = mem_format("%s; give --watch %s=pid:N, cgroup:PATH, container:NAME or metrics:URL",
                                           missing, manifest->name);
    }
}

int attached_instance_open(struct instance *instance, const struct instance_options *options, struct error *err)
{
    const struct attachment *attached = options->manifest->attached;
    struct instance opened = {.attached = attached, .port = attached->port, .stop = options->stop};

    if (wait_until_accepts(attached, options->stop, err) != 0 || attached_watch(attached, &opened.watch, err) != 0) {
        return -1;
    }
    say_missing(&opened, options->manifest);
    *instance = opened;
    return 0;
}

/* ---- its end ---- */

static bool refuses(const struct attachment *attached)
{
    for (int i = 0; i < REFUSALS_LEAST; i++) {
        if (i > 0) {
            clock_sleep_ns(TRY_EVERY_NS);
        }
        if (target_try(attached->address, attached->port) != ECONNREFUSED) {
            return false;
        }
    }
    return true;
}

void attached_instance_death(struct instance *instance, struct death *ret_death)
{
    instance_look(instance);
    if (instance->server_ended_ns == 0 && watch_words(instance->watch) == NULL && refuses(instance->attached)) {
        instance->server_ended_ns = clock_now_ns();
    }
    if (instance->server_ended_ns != 0) {
        *ret_death = (struct death){.died = true, .at_ns = instance->server_ended_ns, .exit_code = -1};
    }
}

#include "bench/service/served.h"

#include "bench/dependency/health.h"
#include "bench/service/attached.h"
#include "contract/orders/order_sql.h"

/* Starts of a service, of which all but the last met a dependency that failed. */
enum { STARTS_MOST = 3 };

int served_start(struct served *served, const struct run *run, const struct manifest *manifest, struct error *err)
{
    const struct instance_options options = {.manifest = manifest,
                                             .cores = &run->cores->split.service,
                                             .variables = run->dependencies->variables,
                                             .stop = run->stop};
    struct served started = {.run = run, .manifest = manifest};

    for (int i = 1;; i++) {
        struct error why = {0};
        if (health_restore(run->dependencies, ORDER_SQL_ORDERS, err) != 0) {
            return -1;
        }
        if (instance_start(&started.instance, &options, &why) == 0) {
            *served = started;
            return 0;
        }
        health_look(run->dependencies);
        if (why.kind == ERROR_STOPPED) {
            return error_stopped(err);
        }
        if (health_is_good(run->dependencies) || i == STARTS_MOST) {
            return error_failed(err, "%s", why.message);
        }
    }
}

int served_load(struct served *served, struct error *err)
{
    const struct run *run = served->run;
    struct loader_options options = {
        .traffic = &run->scenario->traffic,
        .host = INSTANCE_HOST,
        .port = served->instance.port,
        .threads = run->cores->generator_count,
        .deadline_ns = run->scenario->deadline_ns,
        .connections_most = run->scenario->connections_most,
        .sessions_most = run->scenario->sessions_most,
        .spin = !run->cores->split.shared,
        .on_thread = cores_pin_thread,
        .context = run->cores,
    };

    if (served->manifest->attached != NULL) {
        const struct attachment *attached = served->manifest->attached;
        authorized_init(&served->authorized, &run->scenario->traffic, attached->authorization);
        options.traffic = &served->authorized.traffic;
        options.host = attached->address;
        options.name = attached->host;
        options.protocol = attached_protocol(attached);
    }
    return loader_new(&served->loader, &options, err);
}

int served_replace(struct served *served, struct error *err)
{
    const struct run *run = served->run;
    const struct manifest *manifest = served->manifest;

    served_stop(served);
    return served_start(served, run, manifest, err);
}

void served_stop(struct served *served)
{
    loader_free(served->loader);
    authorized_release(&served->authorized);
    instance_stop(&served->instance);
    *served = (struct served){0};
}

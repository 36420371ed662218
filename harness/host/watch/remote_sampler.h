/* remote_sampler: readings of a service on another machine: `twofold sample` runs there, started by the ssh client, and
 * its lines are read here. Their moments are put on this machine's clock (base/clocks/clock_offset.h). */
#ifndef TWOFOLD_HOST_WATCH_REMOTE_SAMPLER_H
#define TWOFOLD_HOST_WATCH_REMOTE_SAMPLER_H

#include "base/clocks/clock_offset.h"
#include "base/error.h"
#include "record/sample.h"

#include <stdbool.h>
#include <stdint.h>

struct remote_sampler;

/* Starts `ssh HOST twofold sample --port PORT` and waits until it has told what it watches and its clock is known, 20 s
 * at most. The ssh client asks for no password: a key or an agent must do. Fails with the last words of the client or
 * of the other machine. The calling thread must outlive it. */
int remote_sampler_open(struct remote_sampler **ret_remote, const char *host, uint16_t port, struct error *err);

/* The newest reading that has come since the last call, at its moment on this machine's clock. Returns whether there is
 * one. Never waits. */
bool remote_sampler_read(struct remote_sampler *remote, struct sample *ret_sample);

/* False once the service there is gone. Where the other machine tells nothing any more, nothing is read. */
bool remote_sampler_alive(const struct remote_sampler *remote);

/* What is watched there, "process 4711 (nginx)", borrowed; on how many cores it may run (0: not known); and the clock
 * of that machine. */
const char *remote_sampler_words(const struct remote_sampler *remote);
unsigned remote_sampler_cores(const struct remote_sampler *remote);
const struct clock_offset *remote_sampler_clock(const struct remote_sampler *remote);

/* NULL is allowed. */
void remote_sampler_free(struct remote_sampler *remote);

#endif

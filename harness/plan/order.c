#include "plan/order.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

static void swap(size_t *a, size_t *b)
{
    size_t held = *a;
    *a = *b;
    *b = held;
}

static void shuffle(size_t *numbers, size_t count, struct random *random)
{
    for (size_t i = 0; i < count; i++) {
        numbers[i] = i;
    }
    for (size_t i = count; i > 1; i--) {
        swap(&numbers[i - 1], &numbers[random_below(random, i)]);
    }
}

/* The rows of the square in the order of the blocks. For an even number of services row r + n/2 is row r turned round
 * and follows it, or goes before it. */
static void order_rows(size_t *rows, size_t count, struct random *random)
{
    size_t half = count / 2;
    size_t *pairs;

    if (count % 2 != 0) {
        shuffle(rows, count, random);
        return;
    }
    pairs = mem_new(half, sizeof *pairs);
    shuffle(pairs, half, random);
    for (size_t i = 0; i < half; i++) {
        rows[2 * i] = pairs[i];
        rows[2 * i + 1] = pairs[i] + half;
        if (random_below(random, 2) == 1) {
            swap(&rows[2 * i], &rows[2 * i + 1]);
        }
    }
    free(pairs);
}

/* 0, 1, n - 1, 2, n - 2, …: neighbours differ by every number from 1 to n - 1, for an even n by each exactly once. */
static size_t zigzag(size_t place, size_t count)
{
    return place % 2 != 0 ? (place + 1) / 2 : (count - place / 2) % count;
}

void order_make(size_t *ret_order, size_t blocks, size_t backends, struct random *random)
{
    size_t *names = mem_new(backends, sizeof *names);
    size_t *rows = mem_new(backends, sizeof *rows);

    shuffle(names, backends, random);
    order_rows(rows, backends, random);
    for (size_t block = 0; block < blocks && backends > 0; block++) {
        bool turned = backends % 2 != 0 && block / backends % 2 != 0;
        for (size_t i = 0; i < backends; i++) {
            size_t place = turned ? backends - 1 - i : i;
            ret_order[block * backends + i] = names[(zigzag(place, backends) + rows[block % backends]) % backends];
        }
    }
    free(rows);
    free(names);
}

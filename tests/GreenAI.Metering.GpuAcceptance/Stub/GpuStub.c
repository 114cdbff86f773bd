/*
 * A stand-in for libnvidia-ml and libcuda with one board, for machines without any. Its energy is the integral of a known power
 * over the monotonic clock: 60 W, and 300 W while it is under load. Under load is: the file STUB_LOAD_FILE exists, or a kernel
 * was launched less than 3 s ago (threads of a busy machine stand still at times). The counter moves every STUB_PERIOD_MS (20).
 *   STUB_LIE=1.05     the energy of field 83 is that many times what nvmlDeviceGetTotalEnergyConsumption tells
 *   STUB_CUDA_FAILS   the entry point of the CUDA driver that answers 719
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <pthread.h>

typedef union { double d; unsigned int u; unsigned long long ull; } Value;
typedef struct
{
    unsigned int field, scope;
    long long timestamp, latency;
    int type, result;
    Value value;
} FieldValue;

_Static_assert(sizeof(FieldValue) == 40 && offsetof(FieldValue, value) == 32, "nvmlFieldValue_t");

enum { Ok = 0, Uninitialized = 1, Invalid = 2, NotSupported = 3, NotFound = 6, LaunchFailed = 719 };

#define EXPORT __attribute__((visibility("default")))
#define UUID "GPU-5f0b9c1e-0000-4000-8000-00000000beef"
#define SECOND 1000000000LL

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static int sessions;
static char board;
static long long counted_to, launched = -3 * SECOND;
static double joules = 1000;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

static double watts(void)
{
    const char *file = getenv("STUB_LOAD_FILE");
    int loaded = (file != NULL && access(file, F_OK) == 0) || now() - launched < 3 * SECOND;
    return loaded ? 300 : 60;
}

/* Up to the last time the counter moved. */
static unsigned long long millijoules(double factor)
{
    const char *text = getenv("STUB_PERIOD_MS");
    long long period = (text != NULL ? atoll(text) : 20) * (SECOND / 1000);
    pthread_mutex_lock(&gate);
    long long moved = now() / period * period;
    if (counted_to == 0) counted_to = moved;
    joules += watts() * (double)(moved - counted_to) / SECOND;
    counted_to = moved;
    unsigned long long result = (unsigned long long)(joules * 1000 * factor);
    pthread_mutex_unlock(&gate);
    return result;
}

#define BOARD(device) \
    if (sessions == 0) return Uninitialized; \
    if ((device) != &board) return Invalid

EXPORT int nvmlInit_v2(void) { sessions++; return Ok; }
EXPORT int nvmlShutdown(void) { if (sessions == 0) return Uninitialized; sessions--; return Ok; }
EXPORT int nvmlSystemGetDriverVersion(char *text, unsigned int length) { strncpy(text, "999.99.stub", length); return Ok; }
EXPORT int nvmlDeviceGetCount_v2(unsigned int *count) { *count = 1; return sessions ? Ok : Uninitialized; }

EXPORT int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device)
{
    if (sessions == 0) return Uninitialized;
    if (index > 0) return Invalid;
    *device = &board;
    return Ok;
}

EXPORT int nvmlDeviceGetHandleByUUID(const char *uuid, void **device)
{
    if (sessions == 0) return Uninitialized;
    if (strcmp(uuid, UUID) != 0) return NotFound;
    *device = &board;
    return Ok;
}

EXPORT int nvmlDeviceGetUUID(void *device, char *text, unsigned int length) { BOARD(device); strncpy(text, UUID, length); return Ok; }
EXPORT int nvmlDeviceGetName(void *device, char *text, unsigned int length) { BOARD(device); strncpy(text, "NVIDIA Stub", length); return Ok; }
EXPORT int nvmlDeviceGetEnforcedPowerLimit(void *device, unsigned int *milliwatts) { BOARD(device); *milliwatts = 350000; return Ok; }

EXPORT int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *value)
{
    BOARD(device);
    *value = millijoules(1);
    return Ok;
}

EXPORT int nvmlDeviceGetFieldValues(void *device, int count, FieldValue *values)
{
    BOARD(device);
    const char *lie = getenv("STUB_LIE");
    for (int i = 0; i < count; i++)
    {
        values[i].result = values[i].field == 83 ? Ok : NotSupported;
        values[i].type = 3;
        values[i].value.ull = values[i].field == 83 ? millijoules(lie != NULL ? strtod(lie, NULL) : 1) : 0;
    }

    return Ok;
}

/* The CUDA driver. */
static int answer(const char *call)
{
    const char *fails = getenv("STUB_CUDA_FAILS");
    return fails != NULL && strcmp(fails, call) == 0 ? LaunchFailed : Ok;
}

EXPORT int cuInit(unsigned int flags) { return flags == 0 ? answer("cuInit") : 1; }
EXPORT int cuDeviceGetCount(int *count) { *count = 1; return answer("cuDeviceGetCount"); }
EXPORT int cuDeviceGet(int *device, int ordinal) { *device = 7; return ordinal == 0 ? answer("cuDeviceGet") : 101; }
EXPORT int cuDeviceGetAttribute(int *value, int attribute, int device) { *value = 4; return attribute == 16 && device == 7 ? Ok : 1; }
EXPORT int cuCtxCreate_v2(void **context, unsigned int flags, int device) { *context = &board; return flags == 0 && device == 7 ? Ok : 1; }
EXPORT int cuCtxDestroy_v2(void *context) { return context == &board ? Ok : 1; }

EXPORT int cuModuleLoadData(void **module, const char *image)
{
    /* A driver that no longer knows the oldest target: the second text must do. */
    if (strstr(image, ".visible .entry burn(") == NULL) return 200;
    if (strstr(image, "\n.target sm_50") != NULL) return 218;
    if (strstr(image, "\n.target sm_75") == NULL || strstr(image, "\n.version 6.3") == NULL) return 222;
    *module = &gate;
    return answer("cuModuleLoadData");
}

EXPORT int cuModuleGetFunction(void **function, void *module, const char *name)
{
    *function = &launched;
    return module == &gate && strcmp(name, "burn") == 0 ? Ok : 500;
}

EXPORT int cuMemAlloc_v2(unsigned long long *address, size_t size) { *address = 0xC0DE; return size == 4 ? Ok : 2; }

EXPORT int cuLaunchKernel(
    void *function, unsigned int gx, unsigned int gy, unsigned int gz, unsigned int bx, unsigned int by, unsigned int bz,
    unsigned int shared, void *stream, void **parameters, void **extra)
{
    if (function != &launched || gx != 32 || gy * gz != 1 || bx != 256 || by * bz != 1 || shared || stream || extra) return 1;
    if (*(unsigned long long *)parameters[0] != 0xC0DE || *(unsigned int *)parameters[1] == 0) return 1;
    if (answer("cuLaunchKernel") != Ok) return LaunchFailed;
    pthread_mutex_lock(&gate);
    launched = now();
    pthread_mutex_unlock(&gate);
    return Ok;
}

EXPORT int cuCtxSynchronize(void) { usleep(10000); return Ok; }

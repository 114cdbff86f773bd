using Microsoft.AspNetCore.Mvc;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

[ApiController]
public sealed class ExposureController : ControllerBase
{
    [HttpGet("/metered-mvc")]
    [InferenceMetering("m")]
    public string Metered() => ExposureHost.Work();

    [HttpGet("/exposed-mvc")]
    [InferenceMetering("m")]
    [ExposeCarbon(CarbonExposure.Header)]
    public string Exposed() => ExposureHost.Work();

    [HttpGet("/refused-mvc")]
    [InferenceMetering("m")]
    [ExposeCarbon(CarbonExposure.None)]
    public string Refused() => ExposureHost.Work();
}

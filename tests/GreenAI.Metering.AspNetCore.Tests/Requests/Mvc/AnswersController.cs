using Microsoft.AspNetCore.Mvc;

namespace GreenAI.Metering.AspNetCore.Tests.Requests.Mvc;

/// <summary>A controller of one model, with an action of another.</summary>
[ApiController]
[Route("answers")]
[InferenceMetering("controller")]
public sealed class AnswersController : ControllerBase
{
    /// <summary>Runs the controller's model.</summary>
    [HttpGet]
    public string Get() => HttpContext.Features.Get<IInferenceFeature>()!.Model!;

    /// <summary>Runs its own.</summary>
    [HttpGet("special")]
    [InferenceMetering("action", Priority = "critical")]
    public string Special() => HttpContext.Features.Get<IInferenceFeature>()!.Model!;

    /// <summary>Fails.</summary>
    [HttpGet("broken")]
    public string Broken() => throw new InvalidDataException("on purpose");
}

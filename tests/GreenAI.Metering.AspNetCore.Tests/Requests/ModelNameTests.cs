using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>Names that no model may have are refused where they are written, not by every request.</summary>
public sealed class ModelNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("(overflow)")]
    [InlineData(null)]
    public void Name_ThatNoModelMayHave_IsRefusedWhereItIsWritten(string? name)
    {
        // Null: one that is too long.
        string model = name ?? new string('m', 257);
        WebApplication app = WebApplication.CreateSlimBuilder().Build();
        RouteHandlerBuilder endpoint = app.MapGet("/", () => "");
        Assert.Equal("model", Assert.Throws<ArgumentException>(() => endpoint.WithInferenceMetering(model)).ParamName);
        Assert.Throws<ArgumentException>(() => endpoint.WithInferenceMetering(model, options => { }));
        Assert.Throws<ArgumentException>(() => new InferenceMeteringAttribute(model));
    }
}

using GreenAI.Metering;

namespace Readme.Snippets;

#region Classifier
public sealed class Classifier(EnergyMeter meter, Func<float[], int> run)
{
    private readonly ModelHandle _model = meter.Model("digits-mlp");

    public int Classify(float[] image)
    {
        using InferenceScope scope = meter.Begin(_model); // left without Complete: abandoned, its energy still counts
        int digit = run(image);
        scope.Complete();
        return digit;
    }
}
#endregion

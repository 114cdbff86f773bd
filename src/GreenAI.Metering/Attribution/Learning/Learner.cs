namespace GreenAI.Metering;

/// <summary>Lets the devices' estimators learn in turn, and tells them what was declared of models. Called by the closer only.</summary>
internal sealed class Learner(DeviceMeter[] devices, EngineParts parts)
{
    private readonly ModelDeclarations _declarations = new(parts.Options.Models);
    private int _declared;
    private int _nextSolver;
    private int _nextJudge;

    /// <summary>Declares the models registered since the last close; those of the options were there before any scope.</summary>
    public void Declare(ModelRegistry models)
    {
        for (; _declared < models.Count; _declared++)
        {
            string name = models.Name(_declared);
            foreach (DeviceMeter device in devices)
                device.Estimator.Declare(_declared, _declarations.RelativeWeight(name), _declarations.Uses(name, device.Device));
        }
    }

    /// <summary>
    /// One solution and one slice of its judgement a close, device by device: each may take a good part of what a tick should.
    /// </summary>
    public void Think()
    {
        if (!parts.LearnPower) return;
        for (int i = 0; i < devices.Length; i++)
        {
            PowerEstimator estimator = devices[_nextSolver].Estimator;
            _nextSolver = (_nextSolver + 1) % devices.Length;
            if (!estimator.IsDue) continue;
            estimator.Solve();
            break;
        }

        for (int i = 0; i < devices.Length; i++)
        {
            PowerEstimator estimator = devices[_nextJudge].Estimator;
            _nextJudge = (_nextJudge + 1) % devices.Length;
            if (estimator.Judge()) break;
        }
    }
}

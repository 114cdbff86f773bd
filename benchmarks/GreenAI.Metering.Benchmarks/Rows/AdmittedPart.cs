namespace GreenAI.Metering.Benchmarks;

/// <summary>What of an admitted request is judged.</summary>
internal enum AdmittedPart
{
    /// <summary>What the admission adds to a request: the request without it is taken off.</summary>
    Admission,

    /// <summary>An admission that is given back instead of begun.</summary>
    GivenBack,

    /// <summary>All of it, with a listener on.</summary>
    Request,
}

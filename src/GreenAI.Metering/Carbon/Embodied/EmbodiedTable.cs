namespace GreenAI.Metering;

/// <summary>Embodied figures, as shipped.</summary>
/// <remarks>Sources in the head of the resource. Immutable and thread-safe.</remarks>
internal sealed class EmbodiedTable
{
    internal const string Resource = "EmbodiedFigures.txt";
    internal const string Header = "id;name;kind;kilograms;below;above;lifespanHours;source;licence";

    // A chip has some kilograms, a rack of accelerators some tonnes; years between one and thirty.
    internal const double LowestKilograms = 1;
    internal const double HighestKilograms = 100_000;
    internal const double HighestBand = 10;
    internal const double LowestHours = 8_760;
    internal const double HighestHours = 262_800;

    private static readonly Lazy<EmbodiedTable> _shipped = new(() => Parse(ShippedText.Read(Resource)));

    private readonly Dictionary<string, EmbodiedFigure> _byId;

    private EmbodiedTable(List<EmbodiedFigure> figures, Dictionary<string, EmbodiedFigure> byId)
    {
        Figures = figures;
        _byId = byId;
    }

    /// <summary>The table inside the package.</summary>
    public static EmbodiedTable Shipped => _shipped.Value;

    public IReadOnlyList<EmbodiedFigure> Figures { get; }

    /// <summary>Reads a whole table.</summary>
    /// <exception cref="FormatException">A line is blank, has a column too many or too few, a figure outside its band, an id that is
    /// there twice, or rows are missing; the message names the line.</exception>
    public static EmbodiedTable Parse(string text)
    {
        var figures = new List<EmbodiedFigure>();
        var byId = new Dictionary<string, EmbodiedFigure>(StringComparer.OrdinalIgnoreCase);
        foreach (TableRow row in TableText.Read(Resource, text, Header))
        {
            EmbodiedFigure figure = Read(row);
            row.AddUnique(byId, 0, figure);
            figures.Add(figure);
        }

        return new EmbodiedTable(figures, byId);
    }

    /// <summary>The figure of an id, in any case; null when there is none.</summary>
    public EmbodiedFigure? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What may have been meant by an id that is not there.</summary>
    public string Nearest(string id) => Metering.Nearest.To(id, Figures
        .SelectMany(figure => new[] { figure.Id, figure.Name }, (figure, name) => (figure.Id, name)));

    private static EmbodiedFigure Read(TableRow row)
    {
        if (row.IsEmpty(4) != row.IsEmpty(5)) throw row.Error(5, "the two sides of a band go together");
        double? hours = row.OptionalNumber(6, LowestHours, HighestHours);
        return new EmbodiedFigure
        {
            Id = row.Text(0),
            Name = row.Text(1),
            Kind = row.Text(2) switch
            {
                "accelerator" => EmbodiedKind.Accelerator,
                "server" => EmbodiedKind.Server,
                string other => throw row.Error(2, $"'{other}' is not accelerator or server"),
            },
            Total = CarbonMass.FromKilograms(row.Number(3, LowestKilograms, HighestKilograms)),
            Uncertainty = row.IsEmpty(4) ? null : new RelativeUncertainty(row.Number(4, 0, 1), row.Number(5, 0, HighestBand)),
            Lifespan = hours is { } known ? TimeSpan.FromHours(known) : null,
            Source = row.Text(7),
            Licence = row.Text(8),
        };
    }
}

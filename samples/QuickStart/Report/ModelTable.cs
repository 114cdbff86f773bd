using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What each model did, how well, and what it cost.</summary>
internal static class ModelTable
{
    private const string Missing = "-";

    public static void Print(IAnsiConsole console, IReadOnlyList<ModelRow> models)
    {
        Table table = ReportTable.Create("Models");
        table.AddColumn(ReportTable.Text("model").NoWrap());
        table.AddColumn(ReportTable.Number("inferences"));
        table.AddColumn(ReportTable.Number("accuracy"));
        table.AddColumn(ReportTable.Number("per inference"));
        table.AddColumn(ReportTable.Number("with idle"));
        table.AddColumn(ReportTable.Number("uncertainty"));
        table.AddColumn(ReportTable.Number("learned"));
        table.AddColumn(ReportTable.Text("tier").NoWrap());
        foreach (ModelRow model in models)
        {
            table.AddRow(
                new Text(model.Name),
                new Text(SiText.Count(model.Inferences)),
                new Text(SiText.Percent(model.Accuracy, 2)),
                new Text(model.JoulesPerInference is { } joules ? SiText.Quantity(joules, "J") : Missing),
                new Text(model.JoulesPerInferenceWithIdle is { } idle ? SiText.Quantity(idle, "J") : Missing),
                new Text(model.Uncertainty?.ToString() ?? Missing),
                new Text(model.LearnedWatts is { } watts ? SiText.Quantity(watts, "W") : Missing),
                new Text(model.Tier.ToString()));
        }

        console.Write(table);
        console.WriteLine(models.Any(static model => model.LearnedWatts is not null)
            ? "learned: watts above idle while one inference of the model is active, told apart from the mix (Modelled: processor time in watts)."
            : "learned: nothing yet that tells the models apart.");
    }
}

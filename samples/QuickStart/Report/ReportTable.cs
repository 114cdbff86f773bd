using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>The look that all tables share: it has to read well without colour too.</summary>
internal static class ReportTable
{
    public static Table Create(string title) => new Table()
        .Border(TableBorder.Rounded)
        .Title(new TableTitle(Markup.Escape(title), new Style(decoration: Decoration.Bold)));

    public static TableColumn Number(string header) => new TableColumn(new Text(header)).RightAligned().NoWrap();
}

using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>The look that all tables share: it has to read well without colour too.</summary>
internal static class ReportTable
{
    public static Table Create(string title) => new Table()
        .Border(TableBorder.Horizontal)
        .Title(new TableTitle(Markup.Escape(title), new Style(decoration: Decoration.Bold)));

    public static TableColumn Text(string header) => Tight(new TableColumn(new Text(header)));

    public static TableColumn Number(string header) => Tight(new TableColumn(new Text(header)).RightAligned()).NoWrap();

    // With less air between the columns the table of models fits a terminal of eighty characters too.
    private static TableColumn Tight(TableColumn column) => column.PadLeft(0).PadRight(1);
}

using System.Text;
using System.Text.RegularExpressions;

namespace GreenAI.Metering.AspNetCore.Tests.Page;

public sealed partial class PageAssetTests
{
    public static TheoryData<string> Names => [.. PageAssets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void File_NamesNothingElsewhere(string name) =>
        Assert.DoesNotMatch(Elsewhere(), Text(name).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void File_MakesNoMarkupFromText(string name) => Assert.DoesNotMatch(Markup(), Text(name));

    [Fact]
    public void Index_HasNoStyleAndNoScriptOfItsOwn()
    {
        string text = Text(PageAssets.Index);
        Assert.DoesNotContain("<style", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"\s(style|on[a-z]+)=", text);
        Assert.DoesNotMatch("<script(?![^>]* src=)", text);
    }

    [Fact]
    public void Index_NamesFilesThatThereAre()
    {
        string[] named = [.. AssetName().Matches(Text(PageAssets.Index)).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, PageAssets.All.Keys));
    }

    [Fact]
    public void Scripts_ImportFilesThatThereAre()
    {
        IEnumerable<string> imported = PageAssets.All.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)).SelectMany(name => Import().Matches(Text(name))).Select(match => match.Groups[1].Value);
        Assert.All(imported.Distinct(), name => Assert.Contains(name, PageAssets.All.Keys));
    }

    private static string Text(string name) => Encoding.UTF8.GetString(PageAssets.All[name].Content);

    [GeneratedRegex("https?:|//[a-z]+\\.|url\\(", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|createContextualFragment|srcdoc")]
    private static partial Regex Markup();

    [GeneratedRegex("assets/([a-z]+\\.[a-z]+)")]
    private static partial Regex AssetName();

    [GeneratedRegex("from '\\./([a-z]+\\.js)'")]
    private static partial Regex Import();
}

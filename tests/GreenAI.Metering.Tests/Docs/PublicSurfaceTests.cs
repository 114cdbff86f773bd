using System.Reflection;
using System.Xml.Linq;

namespace GreenAI.Metering.Tests;

/// <summary>What the core shows and what it depends on.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Assembly _core = typeof(EnergyMeter).Assembly;

    [Fact]
    public void Core_PublicNamespaces_AreTwo() => Assert.Equal(
        ["GreenAI.Metering", "Microsoft.Extensions.DependencyInjection"],
        _core.GetExportedTypes().Select(type => type.Namespace).Distinct().Order());

    [Fact]
    public void Core_References_NothingButTheFrameworkAndTheAbstractions()
    {
        string[] allowed =
        [
            // The generated configuration binding looks at its section type.
            "Microsoft.Extensions.Configuration",
            "Microsoft.Extensions.Configuration.Abstractions",
            "Microsoft.Extensions.Configuration.Binder",
            "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.Options",
            "Microsoft.Extensions.Options.ConfigurationExtensions",
            "System.Diagnostics.DiagnosticSource",
        ];
        string[] references = [.. _core.GetReferencedAssemblies().Select(reference => reference.Name!)];
        Assert.Equal(allowed, references.Where(name => !IsRuntime(name)).Order());
    }

    [Fact]
    public void Core_EachPublicMember_HasASummaryThatEndsWithAFullStop()
    {
        Dictionary<string, XElement> documented = XDocument.Load(Path.ChangeExtension(_core.Location, ".xml"))
            .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        List<string> wrong = [];
        foreach (string id in _core.GetExportedTypes().Where(type => !IsGenerated(type)).SelectMany(Ids))
        {
            if (!documented.TryGetValue(id, out XElement? member)) wrong.Add($"{id} is not documented");
            else if (member.Element("summary") is { } summary && !summary.Value.TrimEnd().EndsWith('.')) wrong.Add($"{id} ends without a full stop");
            else if (member.Element("summary") is null && member.Element("inheritdoc") is null) wrong.Add($"{id} has no summary");
        }

        Assert.Empty(wrong);
    }

    private static bool IsRuntime(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) && name != "System.Diagnostics.DiagnosticSource";

    private static bool IsGenerated(Type type) => type.Name.StartsWith('<');

    private static IEnumerable<string> Ids(Type type)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        yield return $"T:{Name(type)}";
        foreach (FieldInfo field in type.GetFields(own).Where(field => !field.IsSpecialName)) yield return $"F:{Name(type)}.{field.Name}";
        foreach (PropertyInfo property in type.GetProperties(own)) yield return $"P:{Name(type)}.{property.Name}{Parameters(property.GetIndexParameters())}";
        foreach (EventInfo raised in type.GetEvents(own)) yield return $"E:{Name(type)}.{raised.Name}";
        foreach (ConstructorInfo constructor in type.GetConstructors(own).Where(constructor => HasSource(type, constructor)))
            yield return $"M:{Name(type)}.#ctor{Parameters(constructor.GetParameters())}";
        foreach (MethodInfo method in type.GetMethods(own).Where(method => HasSource(type, method)))
        {
            string arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
            yield return $"M:{Name(type)}.{method.Name}{arity}{Parameters(method.GetParameters())}";
        }
    }

    // Not accessors, not the default constructor, not what the compiler adds.
    private static bool HasSource(Type type, MethodBase method) =>
        (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        && !typeof(Delegate).IsAssignableFrom(type)
        && !(method.IsConstructor && method.GetParameters().Length == 0 && type != typeof(EnergyMeter));

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Name(parameter.ParameterType)))})";

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!) + "@";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericMethodParameter) return $"``{type.GenericParameterPosition}";
        if (!type.IsConstructedGenericType) return type.FullName!.Replace('+', '.');
        string open = type.GetGenericTypeDefinition().FullName!.Replace('+', '.');
        return $"{open[..open.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(",", type.GetGenericArguments().Select(Name))}}}";
    }
}

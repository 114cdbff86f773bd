using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace GreenAI.Metering.Tests;

/// <summary>A value as text that differs when any bit of any of its fields does, also of those nobody may read.</summary>
internal static class Bits
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Dictionary<Type, FieldInfo[]> _fields = [];

    public static string Of(object? value, params string[] without)
    {
        var text = new StringBuilder();
        Add(text, value, without);
        return text.ToString();
    }

    private static void Add(StringBuilder text, object? value, string[] without)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case double number:
                text.Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToInt64Bits(number):X16}");
                break;
            case float number:
                text.Append(CultureInfo.InvariantCulture, $"{BitConverter.SingleToInt32Bits(number):X8}");
                break;
            case string or bool or Enum or byte or int or long:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case IEnumerable list:
                foreach (object? item in list) Add(text.Append('\n'), item, without);
                break;
            default:
                AddFields(text, value, without);
                break;
        }
    }

    private static void AddFields(StringBuilder text, object value, string[] without)
    {
        FieldInfo[] fields;
        lock (_fields)
        {
            if (!_fields.TryGetValue(value.GetType(), out fields!)) _fields[value.GetType()] = fields = value.GetType().GetFields(Fields);
        }

        Assert.NotEmpty(fields);
        foreach (FieldInfo field in fields)
        {
            // A bill names the meter that made it: the replay's is another one.
            if (field.FieldType == typeof(EnergyMeter) || without.Any(name => field.Name.Contains(name, StringComparison.Ordinal))) continue;
            Add(text.Append(' ').Append(field.Name).Append('='), field.GetValue(value), without);
        }
    }
}

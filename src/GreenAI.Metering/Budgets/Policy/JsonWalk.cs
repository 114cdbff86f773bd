using System.Text;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Goes through the places of a JSON text in their order, with their paths and lines, which a document does not keep.</summary>
internal ref struct JsonWalk
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly StringBuilder _path = new("$");
    private readonly Stack<(int PathLength, int Index)> _open = new();
    private Utf8JsonReader _reader;
    private int _counted;
    private int _line = 1;

    public JsonWalk(ReadOnlySpan<byte> json, in JsonReaderOptions form)
    {
        _json = json;
        _reader = new(json, form);
    }

    /// <summary>The path of the place; it changes with the next step.</summary>
    public readonly StringBuilder Path => _path;

    /// <summary>How many objects and lists are open.</summary>
    public readonly int Depth => _open.Count;

    /// <summary>The line of the place, from 1 on.</summary>
    public int Line
    {
        get
        {
            int here = (int)_reader.TokenStartIndex;
            if (here > _counted)
            {
                _line += _json[_counted..here].Count((byte)'\n');
                _counted = here;
            }

            return _line;
        }
    }

    /// <summary>Goes to the next property or item; false at the end.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A name or a string has an escape that is no character.</exception>
    public bool Next()
    {
        while (_reader.Read())
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _path.Length = _open.Pop().PathLength;
                    break;
                case JsonTokenType.PropertyName:
                    _path.Length = _open.Peek().PathLength;
                    _path.Append(SchemaWords.Part(_reader.GetString()!));
                    return true;
                default:
                    if (IsItem()) return true;
                    break;
            }
        }

        return false;
    }

    // The root and items are places by their values; properties were places by their names.
    private bool IsItem()
    {
        bool isPlace = _open.Count == 0;
        if (_open.TryPeek(out (int PathLength, int Index) top) && top.Index >= 0)
        {
            _path.Length = top.PathLength;
            _path.Append(SchemaWords.Part(top.Index));
            _open.Pop();
            _open.Push((top.PathLength, top.Index + 1));
            isPlace = true;
        }

        if (_reader.TokenType == JsonTokenType.String) _reader.GetString();
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            _open.Push((_path.Length, _reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        return isPlace;
    }
}

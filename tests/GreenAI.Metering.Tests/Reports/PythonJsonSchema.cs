using System.ComponentModel;
using System.Diagnostics;

namespace GreenAI.Metering.Tests;

/// <summary>Python's jsonschema, where it is installed: a complete implementation of JSON Schema 2020-12.</summary>
internal static class PythonJsonSchema
{
    private const string Missing = "missing";

    private const string Script = """
        import json, sys
        try:
            from jsonschema import Draft202012Validator
        except ImportError:
            print("missing")
            sys.exit(0)
        lines = sys.stdin.buffer.read().decode("utf-8").split("\n")
        schema = json.loads(lines[0])
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for line in lines[1:]:
            if line:
                print("holds" if validator.is_valid(json.loads(line)) else "fails")
        """;

    /// <summary>Whether each document holds to a schema, which is itself checked first; null when Python or jsonschema is not installed.</summary>
    /// <exception cref="InvalidOperationException">The schema is not one; the message tells why.</exception>
    public static IReadOnlyList<bool>? Judge(string schema, IEnumerable<string> documents)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("python3", ["-c", Script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return null;
        }

        using (process)
        {
            Task<string> verdicts = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            try
            {
                foreach (string document in documents.Prepend(schema)) process.StandardInput.Write(document.ReplaceLineEndings(" ") + "\n");
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended without reading: what it said tells why.
            }

            process.WaitForExit();
            string[] lines = verdicts.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines is [Missing]) return null;
            return process.ExitCode == 0 ? [.. lines.Select(line => line == "holds")] : throw new InvalidOperationException(errors.GetAwaiter().GetResult());
        }
    }
}

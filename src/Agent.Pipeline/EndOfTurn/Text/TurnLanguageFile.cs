using System.Text.Json;
using Agent.Pipeline.Errors;

namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>Reads a language's file: JSON, with comments allowed, as docs/end-of-turn.md describes it.</summary>
internal static class TurnLanguageFile
{
    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="ConfigurationException">The file is not what it should be.</exception>
    internal static TurnLanguage Read(string name, Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream, s_options);
            var root = document.RootElement;
            var words = new Dictionary<string, WordClass>(StringComparer.OrdinalIgnoreCase);
            foreach (var list in Section(name, root, "words"))
            {
                var kind = Parse<WordClass>(name, "words", list.Name);
                foreach (var word in Words(name, list))
                    words[word] = words.GetValueOrDefault(word) | kind;
            }

            return new TurnLanguage(words, Phrases(name, root), Weights(name, root), Lengths(name, root), Values(name, root), Strings(root, "echoes").Select(group => group.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray(), [.. Strings(root, "verbEndings")]);
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"The language file {name} is no JSON: {e.Message} Mend it there.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new ConfigurationException($"The language file {name} holds a value of the wrong kind: {e.Message} Compare it with en.json.", e);
        }
    }

    private static List<TurnPhrase> Phrases(string name, JsonElement root)
    {
        var phrases = new List<TurnPhrase>();
        foreach (var list in Section(name, root, "phrases"))
        {
            var kind = Parse<PhraseKind>(name, "phrases", list.Name);
            foreach (var item in Items(name, list))
            {
                // A phrase behind a caret is the whole turn.
                var isWholeTurn = item.StartsWith('^');
                phrases.Add(new TurnPhrase(item.TrimStart('^').Split(' ', StringSplitOptions.RemoveEmptyEntries), kind, isWholeTurn));
            }
        }

        return phrases;
    }

    private static double[] Weights(string name, JsonElement root)
    {
        var weights = new double[Enum.GetValues<TurnCue>().Length];
        var missing = Enum.GetValues<TurnCue>().ToHashSet();
        foreach (var weight in Section(name, root, "weights"))
        {
            var cue = Parse<TurnCue>(name, "weights", weight.Name);
            if (weight.Value.ValueKind != JsonValueKind.Number || weight.Value.GetDouble() is not (>= -20 and <= 20))
                throw new ConfigurationException($"The language file {name} gives {weight.Name} the weight {weight.Value}: write a number from -20 to 20.");
            weights[(int)cue] = weight.Value.GetDouble();
            missing.Remove(cue);
        }

        return missing.Count == 0
            ? weights
            : throw new ConfigurationException($"The language file {name} has no weight for {string.Join(", ", missing)}: add them (0 leaves a cue out).");
    }

    private static Dictionary<PhraseKind, NumberLengths> Lengths(string name, JsonElement root)
    {
        var lengths = new Dictionary<PhraseKind, NumberLengths>();
        foreach (var entry in Section(name, root, "lengths"))
            lengths[Parse<PhraseKind>(name, "lengths", entry.Name)] = new NumberLengths(Numbers(name, entry, "whole"), Numbers(name, entry, "maybe"));
        return lengths;
    }

    private static int[] Numbers(string name, JsonProperty entry, string key)
    {
        if (entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array)
            return [.. list.EnumerateArray().Select(item => item.GetInt32())];
        throw new ConfigurationException($"The language file {name} gives the lengths of {entry.Name} no list \"{key}\": add it (it may be empty).");
    }

    private static Dictionary<string, int> Values(string name, JsonElement root) =>
        Section(name, root, "values").ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Strings(JsonElement root, string section) =>
        root.TryGetProperty(section, out var list) ? list.EnumerateArray().Select(item => item.GetString()!) : [];

    private static JsonElement.ObjectEnumerator Section(string name, JsonElement root, string section) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(section, out var found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject()
            : throw new ConfigurationException($"The language file {name} has no object \"{section}\": add it.");

    private static IEnumerable<string> Words(string name, JsonProperty list) =>
        Items(name, list).SelectMany(item => item.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Items(string name, JsonProperty list) => list.Value.ValueKind switch
    {
        JsonValueKind.String => [list.Value.GetString()!],
        JsonValueKind.Array => list.Value.EnumerateArray().Select(item => item.GetString()!),
        _ => throw new ConfigurationException($"The language file {name} gives {list.Name} a {list.Value.ValueKind}: write a string or a list of strings."),
    };

    private static T Parse<T>(string name, string section, string key)
        where T : struct, Enum =>
        Array.Find(Names<T>(), each => each.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : throw new ConfigurationException($"The language file {name} has \"{key}\" in \"{section}\", which means nothing: known are {string.Join(", ", Names<T>())}.");

    // What the reader finds out by itself, and names for several kinds together, are nothing for a file.
    private static string[] Names<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Except(["None", nameof(WordClass.Letter), nameof(WordClass.Number), nameof(WordClass.NumberWord), nameof(WordClass.AnyVerb), nameof(PhraseKind.Asked)], StringComparer.Ordinal)];
}

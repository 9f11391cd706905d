using System.Text.Json;
using System.Text;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;

namespace Agent.Providers.LanguageModels;

/// <summary>A tool call while its pieces come.</summary>
internal sealed class CallFragments(int index)
{
    private readonly StringBuilder _arguments = new();

    internal int Index { get; } = index;

    internal string Id { get; private set; } = "";

    internal string Name { get; private set; } = "";

    internal bool IsWhole => ToolCallJson.IsWhole(_arguments.ToString());

    internal void Add(string? id, string? name, JsonElement? arguments)
    {
        if (Id.Length == 0 && !string.IsNullOrEmpty(id))
            Id = id;

        // Some servers repeat the name in every piece, none divides it.
        if (Name.Length == 0 && !string.IsNullOrEmpty(name))
            Name = name;
        if (JsonText.Of(arguments) is { } text)
            _arguments.Append(text);
        else if (arguments is { ValueKind: JsonValueKind.Object } whole)
            _arguments.Clear().Append(whole.GetRawText());
    }

    internal void Add(string arguments) => _arguments.Append(arguments);

    internal FunctionCallContent ToContent() => ToolCallJson.Call(Id.Length > 0 ? Id : $"call_{Guid.NewGuid():n}", Name, _arguments.ToString());
}

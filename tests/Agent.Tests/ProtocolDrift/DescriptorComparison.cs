using Google.Protobuf.Reflection;

namespace Agent.Tests.ProtocolDrift;

/// <summary>Compares our descriptors, a subset, with official ones.</summary>
internal sealed class DescriptorComparison(OfficialDescriptors official)
{
    private readonly HashSet<string> _absent = [];
    private readonly List<string> _differences = [];

    /// <summary>What contradicts the official descriptors.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>What the official package does not have at all: messages and MESSAGE.FIELD.</summary>
    public IReadOnlySet<string> Absent => _absent;

    public int ComparedFields { get; private set; }

    public int ComparedEnumValues { get; private set; }

    public void Compare(FileDescriptor file)
    {
        foreach (var message in file.MessageTypes)
            Compare(message);
        foreach (var type in file.EnumTypes)
            Compare(type);
    }

    private void Compare(MessageDescriptor ours)
    {
        foreach (var nested in ours.NestedTypes.Where(nested => nested.GetOptions()?.MapEntry != true))
            Compare(nested);
        foreach (var nested in ours.EnumTypes)
            Compare(nested);
        if (!official.Types.TryGetValue(ours.FullName, out var fields))
        {
            _absent.Add(ours.FullName);
            return;
        }

        foreach (var field in ours.Fields.InDeclarationOrder())
        {
            var name = $"{ours.FullName}.{field.Name}";
            var theirs = fields.SingleOrDefault(other => other.Number == field.FieldNumber);
            if (theirs is null)
            {
                if (fields.Any(other => other.Name == field.Name))
                    _differences.Add($"{name} has another number");
                else
                    _absent.Add(name);
                continue;
            }

            ComparedFields++;
            var expected = Describe(theirs);
            var actual = Describe(field);
            if (expected != actual)
                _differences.Add($"{name}: ours is '{actual}', the official one is '{expected}'");
        }
    }

    private void Compare(EnumDescriptor ours)
    {
        if (!official.Enums.TryGetValue(ours.FullName, out var values))
        {
            _absent.Add(ours.FullName);
            return;
        }

        foreach (var value in ours.Values)
        {
            if (!values.TryGetValue(value.Name, out var number))
            {
                _absent.Add($"{ours.FullName}.{value.Name}");
                continue;
            }

            ComparedEnumValues++;
            if (number != value.Number)
                _differences.Add($"{ours.FullName}.{value.Name}: ours is {value.Number}, the official one is {number}");
        }
    }

    private static string Describe(OfficialDescriptors.Field field)
    {
        var type = field.Value is { } value ? $"map<{field.Key},{value.Type} {value.TypeName}>" : $"{(field.Repeated ? "repeated " : "")}{field.Type} {field.TypeName}";
        return $"{field.Name} = {field.Number}: {(field.Optional ? "optional " : "")}{(field.Required ? "required " : "")}{type} in {field.Oneof}";
    }

    private static string Describe(FieldDescriptor field)
    {
        var oneof = field.RealContainingOneof?.Name;
        var proto = field.ToProto();
        var optional = field.File.Syntax == Syntax.Proto2
            ? proto.Label == FieldDescriptorProto.Types.Label.Optional && oneof is null
            : proto.Proto3Optional;
        var required = proto.Label == FieldDescriptorProto.Types.Label.Required;
        if (field.IsMap)
        {
            var key = field.MessageType.Fields.InFieldNumberOrder()[0];
            var value = field.MessageType.Fields.InFieldNumberOrder()[1];
            return $"{field.Name} = {field.FieldNumber}: map<{Number(key)},{Number(value)} {TypeName(value)}> in {oneof}";
        }

        return $"{field.Name} = {field.FieldNumber}: {(optional ? "optional " : "")}{(required ? "required " : "")}{(field.IsRepeated ? "repeated " : "")}{Number(field)} {TypeName(field)} in {oneof}";
    }

    private static int Number(FieldDescriptor field) => (int)field.ToProto().Type;

    private static string? TypeName(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => null,
    };
}

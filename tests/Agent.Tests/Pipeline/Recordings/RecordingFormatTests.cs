using System.Reflection;
using System.Text.Json;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Recordings;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Tests.Pipeline.Recordings;

/// <summary>Whatever the turn machine learns or wants can be written, and what it learns can be read back.</summary>
public class RecordingFormatTests
{
    private static readonly AgentSpeech s_speech = new()
    {
        Id = "said-7",
        Cause = SpeechCause.Said,
        Priority = 0,
        IsProtected = true,
        TurnNumber = 3,
        Text = "words",
        SilentSince = TimeSpan.FromTicks(1),
        IsSuspended = true,
        Fillers = 2,
        IsAudible = true,
        AudibleAt = TimeSpan.FromTicks(2),
        IsHeld = true,
    };

    public static TheoryData<string> Inputs => [.. Leaves(typeof(TurnEvent)).Select(type => type.Name)];

    public static TheoryData<string> Effects => [.. Leaves(typeof(TurnEffect)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Input_WrittenAndRead_IsTheSame(string name)
    {
        var input = (TurnEvent)Sample(Leaves(typeof(TurnEvent)).Single(type => type.Name == name));
        var text = JsonSerializer.Serialize(input, RecordingJson.Default.TurnEvent);
        Assert.Equal(input, JsonSerializer.Deserialize(text, RecordingJson.Default.TurnEvent));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Effect_Written_SaysEverythingThatTheMachineChose(string name)
    {
        var type = Leaves(typeof(TurnEffect)).Single(type => type.Name == name);
        Assert.NotEmpty(EffectText.Describe((TurnEffect)Sample(type)));
        Assert.Equal(1, Leaves(typeof(TurnEffect)).Select(other => EffectText.Describe((TurnEffect)Sample(other))).Count(text => text == EffectText.Describe((TurnEffect)Sample(type))));
    }

    [Fact]
    public void Options_EveryOneOfTheMachine_IsInTheHeader()
    {
        // Options are public properties; those that a session sets are in the header by themselves, or follow from the others.
        var internals = typeof(TurnOptions).GetProperties(BindingFlags.Instance | BindingFlags.NonPublic).Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["DetectionDelay", "DetectorNeedsAudio", "DetectorThreshold", "ModelHears", "Remarks"], internals);
    }

    private static IEnumerable<Type> Leaves(Type root) => root.Assembly.GetTypes().Where(type => type.IsSubclassOf(root) && !type.IsAbstract);

    private static object Sample(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType))]);
    }

    private static object Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        return type.Name switch
        {
            nameof(String) => "text \"with\" marks – and more",
            nameof(Boolean) => true,
            nameof(Int32) => 42,
            nameof(Int64) => 43L,
            nameof(Double) => 0.375,
            nameof(TimeSpan) => TimeSpan.FromTicks(12_345_678_901),
            nameof(AgentSpeech) => s_speech,
            nameof(UserTurn) => UserTurn.Empty(9),
            nameof(TurnTimer) => new TurnTimer(TurnTimerKind.Gap, 5, TimeSpan.FromSeconds(3)),
            _ => throw new NotSupportedException($"The test has no sample of {type}: add one."),
        };
    }
}

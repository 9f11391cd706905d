using Agent.Pipeline.Errors;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Testing;

namespace Agent.Conversations;

/// <summary>What is shown and remembered of the agent's voice, whatever its synthesizer tells of its words.</summary>
public class CaptionTests
{
    private readonly Screenplay _play = new();

    [Fact]
    public void Captions_Fail_TheConversationGoesOn()
    {
        _play.Room.ShowError = new AgentException("no data channel");
        _play.User.Says("hello", from: 1, to: 2);
        _play.Play(6);
        Assert.Equal(["user: hello", "agent: All right."], _play.History);
        Assert.All(_play.Of<ProviderFailed>(), e => Assert.Equal(SessionStage.Room, e.Stage));
    }

    [Fact]
    public void Captions_OfTheAgent_FollowItsVoice()
    {
        _play.At(1, session => _ = session.Say("One two three four five."));
        _play.Play(5);
        var voice = Assert.Single(_play.Room.Voice());
        var captions = _play.Room.Shown.Where(s => s.Shown is AgentCaption { Delta.Length: > 0 }).ToList();
        Assert.Equal(5, captions.Count);
        for (var i = 0; i < captions.Count; i++)
            Assert.Equal(voice.From + 0.3 * i + 0.15, captions[i].At.TotalSeconds, 0.02);
        Assert.Equal("One two three four five.|", _play.AgentCaptions);
    }

    [Fact]
    public void Captions_WithoutWordTimings_StillFollowAndEndComplete()
    {
        _play.Synthesizer.Capabilities = new(24_000, WordTimings: false);
        _play.At(1, session => _ = session.Say("One two three four five."));
        _play.Play(5);
        var voice = Assert.Single(_play.Room.Voice());
        var captions = _play.Room.Shown.Where(s => s.Shown is AgentCaption { Delta.Length: > 0 }).ToList();
        Assert.InRange(captions.Count, 3, 5);
        Assert.All(captions, c => Assert.InRange(c.At.TotalSeconds, voice.From, voice.To + 0.02));
        Assert.Equal("One two three four five.|", _play.AgentCaptions);
    }

    [Fact]
    public void Captions_OfTheUser_GrowAndEndFinal()
    {
        _play.User.Says("what time is it", from: 1, to: 2);
        _play.Play(6);
        var captions = _play.Room.Shown.Select(s => s.Shown).OfType<UserCaption>().ToList();
        Assert.Equal(["what", "what time", "what time is", "what time is it", "what time is it"], captions.Select(c => c.Text));
        Assert.Equal([false, false, false, false, true], captions.Select(c => c.IsFinal));
        Assert.Single(captions.Select(c => c.SegmentId).Distinct());
    }

    [Fact]
    public void BargeIn_SynthesizerWithoutWordTimings_HistoryHoldsNoUnheardWord()
    {
        _play.Synthesizer.Capabilities = new(24_000, WordTimings: false);
        _play.Synthesizer.FirstByte = TimeSpan.FromSeconds(1);
        _play.Model.Answers(Story);
        _play.User.Says("tell me a story", from: 1, to: 2);
        _play.User.Says("stop please stop", from: 5, to: 6);
        _play.Play(8);
        var heard = _play.History[1]["agent: ".Length..^" –".Length];
        Assert.StartsWith(heard, Story, StringComparison.Ordinal);
        Assert.InRange(heard.Split(' ').Length, 1, (int)((_play.Room.Voice()[0].To - _play.Room.Voice()[0].From) / 0.3) + 3);
    }

    [Fact]
    public void Captions_NumbersThatAreSaidAsWords_AreShownAsTheyAreHeard()
    {
        _play.Synthesizer.Pronounce = piece => piece.Replace("$3.50", "three dollars and fifty cents", StringComparison.Ordinal).Replace(" .", ".", StringComparison.Ordinal).Split(' ');
        _play.At(1, session => _ = session.Say("It costs $3.50 in total."));
        _play.Play(6);

        // "in" is the eighth word of nine that are said.
        var begins = _play.Room.Voice()[0].From;
        Assert.Equal(begins + 7.5 * 0.3, WhenShown("in"), 0.03);
        Assert.Equal(begins + 8.5 * 0.3, WhenShown("total."), 0.03);
        Assert.InRange(WhenShown("$3.50"), begins + 2 * 0.3, begins + 7 * 0.3);
        Assert.Equal("It costs $3.50 in total.|", _play.AgentCaptions);
    }

    [Fact]
    public void Captions_ChineseWithoutSpaces_GrowCharacterByCharacter()
    {
        _play.Synthesizer.Pronounce = Characters;
        _play.At(1, session => _ = session.Say("今天天气很好。我们去公园吧。"));
        _play.Play(8);
        var captions = AgentCaptions();
        Assert.Equal(["今", "天", "天", "气", "很", "好。", "我", "们", "去", "公", "园", "吧。"], captions.Select(c => c.Delta));
        Assert.Equal("今天天气很好。我们去公园吧。|", _play.AgentCaptions);
        Assert.Equal(["agent: 今天天气很好。我们去公园吧。"], _play.History);
    }

    [Fact]
    public void BargeIn_IntoChinese_CutsHistoryWithinTheSentence()
    {
        _play.Synthesizer.Pronounce = Characters;
        _play.At(1, session => _ = session.Say("今天天气很好我们一起去公园散步吧"));
        _play.At(2.6, session => session.Interrupt());
        _play.Play(6);
        var seconds = _play.Room.Voice()[0].To - _play.Room.Voice()[0].From;
        var heard = Assert.Single(_play.History)["agent: ".Length..^" –".Length];
        Assert.StartsWith(heard, "今天天气很好我们一起去公园散步吧", StringComparison.Ordinal);
        Assert.Equal(seconds / 0.3, heard.Length, 1.0);
    }

    [Fact]
    public void Captions_SilenceBeforeTheVoice_WaitForIt()
    {
        _play.Synthesizer.Capabilities = new(24_000, WordTimings: false);
        _play.Synthesizer.LeadingSilence = TimeSpan.FromSeconds(1);
        _play.At(1, session => _ = session.Say("One two three four five."));
        _play.Play(6);
        Assert.True(AgentCaptions()[0].At > _play.Room.Voice()[0].From, $"the first word was shown at {AgentCaptions()[0].At} s");
        Assert.Equal("One two three four five.|", _play.AgentCaptions);
    }

    [Fact]
    public void Captions_PieceByPiece_AreRightWhereEachEnds()
    {
        // A slow voice without timings: only that a piece has ended tells how slow it is.
        _play.Synthesizer.Capabilities = new(24_000, WordTimings: false);
        _play.Synthesizer.EndsPieces = true;
        _play.Synthesizer.EachWord = TimeSpan.FromSeconds(0.6);
        _play.At(1, session => _ = session.Say("The cat sat on the mat. The dog lay in the sun all day long."));
        _play.Play(15);
        var begins = _play.Room.Voice()[0].From;
        Assert.Equal(2, _play.Synthesizer.Pieces.Count);
        Assert.InRange(WhenShown("mat."), begins + 5 * 0.6, begins + 6 * 0.6);
        Assert.InRange(WhenShown("long."), begins + 14 * 0.6, begins + 15 * 0.6);
    }

    [Fact]
    public void Captions_FirstOfSeveralPieces_KeepTheirSpaces()
    {
        _play.Model.Answers("Sure. Here it is: the answer (finally). 好的。没问题。 Bye!");
        _play.User.Says("tell me", from: 1, to: 2);
        _play.Play(15);
        Assert.Equal("Sure. Here it is: the answer (finally). 好的。没问题。 Bye!|", _play.AgentCaptions);
        Assert.Equal("agent: Sure. Here it is: the answer (finally). 好的。没问题。 Bye!", _play.History[1]);
    }

    [Fact]
    public void Captions_LongSpeech_AreCompleteAndNeverAhead()
    {
        var text = string.Join(' ', Enumerable.Range(0, 400).Select(i => i % 9 == 8 ? $"word{i}." : $"word{i}"));
        _play.Synthesizer.Capabilities = new(24_000, WordTimings: false);
        _play.At(1, session => _ = session.Say(text));
        _play.Play(140);
        Assert.Equal(text + "|", _play.AgentCaptions);
        var voice = _play.Room.Voice();
        Assert.InRange(AgentCaptions()[^1].At, voice[^1].From, voice[^1].To);
    }

    private static IEnumerable<string> Characters(string piece) => piece.Where(char.IsLetter).Select(c => c.ToString());

    private List<(double At, string Delta)> AgentCaptions() =>
        [.. _play.Room.Shown.Where(s => s.Shown is AgentCaption { Delta.Length: > 0 }).Select(s => (s.At.TotalSeconds, ((AgentCaption)s.Shown).Delta))];

    private double WhenShown(string word) => AgentCaptions().First(c => c.Delta.Contains(word, StringComparison.Ordinal)).At;
}

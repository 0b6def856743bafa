package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v4"
)

const maxBody = 1 << 20

// Levels of members.
const (
	guest     = 10
	reporter  = 20
	developer = 30
	owning    = 50
)

const (
	notFound   = "The project you were looking for could not be found or you don't have permission to view it."
	noDownload = "You are not allowed to download code from this project."
	noPush     = "You are not allowed to push code to this project."
	noBranch   = "You are not allowed to push code to protected branches on this project."
	// For what the benchmark's data does not have.
	unknownCase = "This peer does not know the case."
)

type question struct {
	KeyID        string `json:"key_id"`
	Project      string `json:"project"`
	GlRepository string `json:"gl_repository"`
	Action       string `json:"action"`
	Changes      string `json:"changes"`
	Protocol     string `json:"protocol"`
}

type refusal struct {
	Status  bool   `json:"status"`
	Message string `json:"message"`
}

type repository struct {
	Storage     string   `json:"storage_name"`
	Path        string   `json:"relative_path"`
	Objects     string   `json:"git_object_directory"`
	Alternates  []string `json:"git_alternate_object_directories"`
	Name        string   `json:"gl_repository"`
	ProjectPath string   `json:"gl_project_path"`
}

type gitaly struct {
	Repository repository        `json:"repository"`
	Address    string            `json:"address"`
	Token      *string           `json:"token"`
	Features   map[string]string `json:"features"`
}

type grant struct {
	Status      bool     `json:"status"`
	Name        string   `json:"gl_repository"`
	ProjectPath string   `json:"gl_project_path"`
	ProjectID   int64    `json:"gl_project_id"`
	RootID      int64    `json:"gl_root_namespace_id"`
	ID          string   `json:"gl_id"`
	Username    string   `json:"gl_username"`
	KeyType     string   `json:"gl_key_type"`
	KeyID       int64    `json:"gl_key_id"`
	Options     []string `json:"git_config_options"`
	Gitaly      gitaly   `json:"gitaly"`
	Messages    []string `json:"gl_console_messages"`
	NeedAudit   bool     `json:"need_audit"`
}

// refuseActor says why the key or its owner may not use Git at all.
func refuseActor(a *actor, q *question, now time.Time) string {
	switch {
	case a.protocol != "" && a.protocol != "all" && a.protocol != q.Protocol:
		return "Git access over " + strings.ToUpper(q.Protocol) + " is not allowed"
	case !strings.HasPrefix(a.key, "ssh-ed25519 ") || a.smallestEd25519 < 0:
		return unknownCase
	case a.expiresAt != nil && !now.Before(*a.expiresAt):
		return "Your SSH key has expired."
	case a.userID == nil || a.userType != 0 || a.state != "active" || a.isLocked || !a.isConfirmed:
		return unknownCase
	case a.isPasswordExpired || (a.enforcesTerms && !a.hasAcceptedTerms) || a.isInstanceReadOnly:
		return unknownCase
	}
	return ""
}

func level(l *int) int {
	if l == nil {
		return 0
	}
	return *l
}

func (p *project) role() int {
	if p.isOwnedByActor {
		return owning
	}
	highest := level(p.directLevel)
	for _, other := range []int{level(p.groupLevel), level(p.sharedLevel)} {
		if other > highest {
			highest = other
		}
	}
	return highest
}

func (p *project) isReadableBy(a *actor, role int) bool {
	isVisible := p.visibility == 20 || (p.visibility == 10 && !a.isExternal)
	return !p.isPendingDelete && (a.isAdmin || role >= guest || isVisible)
}

// refuseProject says with which status and why the actor may not do it, before a push tells what it brings.
func refuseProject(p *project, a *actor, q *question, role int) (int, string) {
	isUsable := p.repositoryFeature >= 20 || (p.repositoryFeature == 10 && (role >= guest || a.isAdmin))
	isPush := q.Action == "git-receive-pack"
	switch {
	case p.rootProtocol != nil && *p.rootProtocol != "all" && *p.rootProtocol != q.Protocol:
		return http.StatusUnauthorized, "Git access over " + strings.ToUpper(q.Protocol) + " is not allowed"
	case p.hasAddressRules || p.hasRulesAbove || p.needsCertificate || p.deployKeyCanPush != nil || a.isDeployKey:
		return http.StatusUnauthorized, unknownCase
	case !p.isReadableBy(a, role):
		return http.StatusNotFound, notFound
	case !p.repositoryExists:
		return http.StatusNotFound, unknownCase
	case !isPush && (!isUsable || (role < reporter && p.visibility == 0 && !a.isAdmin)):
		return http.StatusUnauthorized, noDownload
	case isPush && p.isReadOnly:
		return http.StatusUnauthorized, "The repository is temporarily read-only. Please try again later."
	case isPush && p.isArchived:
		return http.StatusUnauthorized, "You can't push code to an archived project."
	case isPush && (!isUsable || (role < developer && !a.isAdmin)):
		return http.StatusUnauthorized, noPush
	}
	return 0, ""
}

// matches tells whether the name fits the pattern, in which each * stands for any text.
func matches(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == name
	}
	if len(name) < len(parts[0])+len(parts[last]) || !strings.HasPrefix(name, parts[0]) || !strings.HasSuffix(name, parts[last]) {
		return false
	}
	middle := name[len(parts[0]) : len(name)-len(parts[last])]
	for _, part := range parts[1:last] {
		at := strings.Index(middle, part)
		if at < 0 {
			return false
		}
		middle = middle[at+len(part):]
	}
	return true
}

// refuseChanges judges each changed branch by the rules of the branches it matches: one that lets the actor in is enough.
func refuseChanges(changes string, rules *pushRules, a *actor, role int) string {
	if rules.hasLockedFiles || rules.hasMergeUnderWay {
		return unknownCase
	}
	for _, line := range strings.Split(strings.TrimSuffix(changes, "\n"), "\n") {
		words := strings.SplitN(line, " ", 3)
		if len(words) != 3 || !strings.HasPrefix(words[2], "refs/heads/") {
			return unknownCase
		}
		if strings.Trim(words[0], "0") == "" || strings.Trim(words[1], "0") == "" {
			return unknownCase
		}
		isProtected, isLetIn := false, false
		for _, rule := range rules.branches {
			if !matches(rule.name, words[2][len("refs/heads/"):]) {
				continue
			}
			isProtected = true
			if rule.userID != nil {
				isLetIn = isLetIn || *rule.userID == *a.userID
			} else if rule.level != nil {
				isLetIn = isLetIn || (*rule.level > 0 && (role >= *rule.level || a.isAdmin))
			}
		}
		if isProtected && !isLetIn {
			return noBranch
		}
	}
	return ""
}

func (p *project) relativePath() string {
	if p.diskPath != nil {
		return *p.diskPath + ".git"
	}
	digest := sha256.Sum256([]byte(strconv.FormatInt(p.id, 10)))
	text := hex.EncodeToString(digest[:])
	return "@hashed/" + text[:2] + "/" + text[2:4] + "/" + text + ".git"
}

func grantFor(p *project, a *actor) grant {
	name := fmt.Sprintf("project-%d", p.id)
	options := []string{"uploadpack.allowFilter=true", "uploadpack.allowAnySHA1InWant=true"}
	if a.maxInputMebibytes > 0 {
		options = append(options, fmt.Sprintf("receive.maxInputSize=%d", a.maxInputMebibytes<<20))
	}
	return grant{
		Status: true, Name: name, ProjectPath: p.path, ProjectID: p.id, RootID: p.rootID,
		ID: fmt.Sprintf("user-%d", *a.userID), Username: a.username, KeyType: "key", KeyID: a.keyID, Options: options,
		Gitaly: gitaly{
			Repository: repository{
				Storage: p.storage, Path: p.relativePath(), Alternates: []string{}, Name: name, ProjectPath: p.path,
			},
			Address: "unix:/var/opt/gitlab/gitaly/gitaly.socket", Features: map[string]string{},
		},
		Messages: []string{},
	}
}

func (s *service) allowed(w http.ResponseWriter, r *http.Request) {
	ctx, now := r.Context(), time.Now()
	today := now.UTC().Truncate(24 * time.Hour)
	var q question
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil || json.Unmarshal(body, &q) != nil {
		answer(w, r, http.StatusBadRequest, message{"400 Bad Request"})
		return
	}
	keyID, err := strconv.ParseInt(q.KeyID, 10, 64)
	if err != nil {
		answer(w, r, http.StatusBadRequest, message{"key_id is invalid"})
		return
	}
	a, err := s.store.actorOfKey(ctx, keyID, now)
	if errors.Is(err, pgx.ErrNoRows) {
		answer(w, r, http.StatusUnauthorized, refusal{Message: unknownCase})
		return
	} else if err != nil {
		unavailable(w, r, err)
		return
	}
	if reason := refuseActor(&a, &q, now); reason != "" {
		answer(w, r, http.StatusUnauthorized, refusal{Message: reason})
		return
	}
	var projectID *int64
	if id, err := strconv.ParseInt(strings.TrimPrefix(q.GlRepository, "project-"), 10, 64); err == nil {
		projectID = &id
	}
	path := strings.TrimSuffix(strings.TrimPrefix(q.Project, "/"), ".git")
	p, err := s.store.project(ctx, projectID, path, &a, today)
	if errors.Is(err, pgx.ErrNoRows) {
		answer(w, r, http.StatusNotFound, refusal{Message: notFound})
		return
	} else if err != nil {
		unavailable(w, r, err)
		return
	}
	role := p.role()
	if status, reason := refuseProject(&p, &a, &q, role); reason != "" {
		answer(w, r, status, refusal{Message: reason})
		return
	}
	if q.Action == "git-receive-pack" && q.Changes != "_any" {
		rules, err := s.store.pushRules(ctx, p.id)
		if err != nil {
			unavailable(w, r, err)
			return
		}
		if reason := refuseChanges(q.Changes, &rules, &a, role); reason != "" {
			answer(w, r, http.StatusUnauthorized, refusal{Message: reason})
			return
		}
	}
	if err := s.store.touch(ctx, &a, now, today); err != nil {
		unavailable(w, r, err)
		return
	}
	answer(w, r, http.StatusOK, grantFor(&p, &a))
}
